// Rows of truth programs, and the Markdown tables that they become.
//
// A row is `{ program, unit, truth, readings }`: what was measured, its unit ('ns', 'B', 'objects', or '%' for
// a share), the true value, and what each tool read: tool → value, null where it gives none. The tool `prof`
// comes first. `errors`, tool → percent, are there where they were measured otherwise than by the two values. The driver
// adds `part` and `node`, the line of Node.

/** Rows with newer ones in the place of those of the same program and Node. */
export function mergeRows(rows, newer) {
  const key = ({ part, node, program, unit }) => `${part} ${node} ${program} ${unit}`;
  const byKey = new Map([...rows, ...newer].map((row) => [key(row), row]));
  return [...byKey.values()];
}

/**
 * A table of rows, worst error of prof first. Rows of several Nodes that agree in truth and in what prof read are one;
 * of the others' readings the worst is shown.
 *
 * @param most - rows shown at most
 */
export function truthTable(rows, most = Number.POSITIVE_INFINITY) {
  const tools = toolsOf(rows);
  const head = ['program', 'Node', 'truth', ...tools.flatMap((tool) => [tool, 'error'])];
  const sorted = sameOverNodes(rows).toSorted(
    (a, b) =>
      magnitude(b, 'prof') - magnitude(a, 'prof') ||
      (a.program < b.program ? -1 : a.program > b.program ? 1 : a.nodes[0] - b.nodes[0]),
  );
  const body = sorted
    .slice(0, most)
    .map((row) => [
      code(row.program),
      row.nodes.join(' '),
      shown(row.truth, row.unit),
      ...tools.flatMap((tool) => [shown(row.readings[tool], row.unit), errorText(row, tool)]),
    ]);
  const table = [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map(line).join('');
  const left = sorted.slice(most);
  const { unit } = left[0] ?? {};
  return left.length === 0
    ? table
    : `${table}\nand ${left.length} rows more, with errors of ${magnitude(left[0], 'prof').toFixed(1)} ${unit === '%' ? 'points' : '%'} and less.\n`;
}

/**
 * How often each tool was right, by Node: a line for each tool, with how many of its readings are within the limit and
 * its worst error.
 *
 * @param limit - largest error that is right; see `errorOf`
 */
export function summaryTable(rows, limit) {
  const nodes = [...new Set(rows.map(({ node }) => node))].toSorted((a, b) => a - b);
  const cell = (tool, node) => {
    const own = rows.filter((row) => row.node === node && errorOf(row, tool) !== undefined);
    if (own.length === 0) return '';
    const worst = own.toSorted((a, b) => magnitude(b, tool) - magnitude(a, tool))[0];
    const right = own.filter((row) => magnitude(row, tool) <= limit).length;
    return `${right} of ${own.length}, worst ${errorText(worst, tool)}`;
  };
  const head = ['', ...nodes.map((node) => `Node ${node}`)];
  const body = toolsOf(rows).map((tool) => [tool, ...nodes.map((node) => cell(tool, node))]);
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map(line).join('');
}

function line(cells) {
  return `| ${cells.join(' | ')} |\n`;
}

function toolsOf(rows) {
  return [...new Set(rows.flatMap(({ readings }) => Object.keys(readings)))];
}

/** Rows with the Nodes that they hold for. */
function sameOverNodes(rows) {
  const merged = new Map();
  for (const row of rows.toSorted((a, b) => a.node - b.node)) {
    // Measured values are never the same.
    const key = JSON.stringify([row.program, row.unit, row.truth, row.readings.prof]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...row, nodes: [row.node] });
    else merged.set(key, { ...known, nodes: [...known.nodes, row.node], readings: worstOf(known, row) });
  }
  return [...merged.values()];
}

function worstOf(a, b) {
  const tools = toolsOf([a, b]);
  return Object.fromEntries(
    tools.map((tool) => [tool, (magnitude(b, tool) > magnitude(a, tool) ? b : a).readings[tool]]),
  );
}

function magnitude(row, tool) {
  const error = errorOf(row, tool);
  return error === undefined ? -1 : Math.abs(error);
}

/** How far off: in percent of the truth; in points where the value is a share, in its unit where the truth is 0. */
export function errorOf({ unit, truth, readings, errors }, tool) {
  if (errors !== undefined) return errors[tool];
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

/** Programs that are expressions are set as code. */
function code(program) {
  return /[([{]/.test(program) ? `\`${program}\`` : program;
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
