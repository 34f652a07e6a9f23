// Rows of truth programs, and the Markdown tables that they become.
//
// A row is `{ program, unit, truth, readings }`: what was measured, its unit ('ns', 'B', 'objects', or '%' for
// a share), the true value, and what each tool read: tool → value, null where it gives none. The tool `prof`
// comes first. The driver adds `part` and `node`, the line of Node.

/** Rows with newer ones in the place of those of the same program and Node. */
export function mergeRows(rows, newer) {
  const key = ({ part, node, program, unit }) => `${part} ${node} ${program} ${unit}`;
  const byKey = new Map([...rows, ...newer].map((row) => [key(row), row]));
  return [...byKey.values()];
}

/** A table of rows, worst error of prof first. */
export function truthTable(rows) {
  const tools = [...new Set(rows.flatMap(({ readings }) => Object.keys(readings)))];
  const head = ['program', 'Node', 'truth', ...tools.flatMap((tool) => [tool, 'error'])];
  const sorted = rows.toSorted(
    (a, b) =>
      magnitude(b, 'prof') - magnitude(a, 'prof') ||
      (a.program < b.program ? -1 : a.program > b.program ? 1 : a.node - b.node),
  );
  const body = sorted.map((row) => [
    row.program,
    row.node,
    shown(row.truth, row.unit),
    ...tools.flatMap((tool) => [shown(row.readings[tool], row.unit), errorText(row, tool)]),
  ]);
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map(line).join('');
}

function magnitude(row, tool) {
  const error = errorOf(row, tool);
  return error === undefined ? -1 : Math.abs(error);
}

/** How far off: in percent of the truth; in points where the value is a share, in its unit where the truth is 0. */
export function errorOf({ unit, truth, readings }, tool) {
  const reading = readings[tool];
  if (reading === undefined || reading === null) return undefined;
  return unit === '%' || truth === 0 ? reading - truth : (100 * (reading - truth)) / truth;
}

function errorText(row, tool) {
  const error = errorOf(row, tool);
  if (error === undefined) return '';
  if (Math.abs(error) < 0.05) return '0';
  const sign = error < 0 ? '−' : '+';
  const digits = Math.abs(error) < 100 ? Math.abs(error).toFixed(1) : Math.round(Math.abs(error));
  return `${sign}${digits}${row.unit === '%' ? ' points' : row.truth === 0 ? '' : ' %'}`;
}

function shown(value, unit) {
  if (value === undefined || value === null) return '';
  if (unit === 'ns') return duration(value);
  return `${Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1)} ${unit}`;
}

function duration(nanos) {
  const [scale, unit] = nanos < 1e3 ? [1, 'ns'] : nanos < 1e6 ? [1e3, 'µs'] : [1e6, 'ms'];
  return `${(nanos / scale).toPrecision(3)} ${unit}`;
}
