import type { StatJson, StatJsonCell, StatJsonTable } from '../../compare/stat-json.js';
import { commonScale, unitClass } from '../../unit/metric-scale.js';
import type { App, View } from './app.js';
import { fill, h } from './dom.js';

/** Benchmarks of several runs side by side: medians with their intervals, and what has changed. */
export class RunsView implements View {
  readonly element: HTMLElement;
  readonly #app: App;
  #runs: StatJson | null = null;

  constructor(app: App) {
    this.#app = app;
    this.element = h('section', { class: 'scroll', tabindex: '0', 'aria-label': 'Runs' });
  }

  async show(): Promise<void> {
    this.#runs = await this.#app.backend.runs();
    this.refresh();
  }

  refresh(): void {
    if (this.#runs === null) return;
    const { tables, confidence, alpha } = this.#runs;
    const note = h(
      'p',
      { class: 'soft' },
      `Points are medians, lines their intervals with a confidence of ${confidence * 100}% or more where there are enough repetitions. `,
      `Each run is compared with the first; "~" means that the difference may be chance (p > ${alpha}, or too few results to tell).`,
    );
    fill(
      this.element,
      note,
      tables.map((table) => this.#table(table)),
    );
  }

  #table(table: StatJsonTable): HTMLElement {
    const { search } = this.#app;
    const rows = table.rows.filter(
      ({ name, cells }) => cells.length > 0 && (search === undefined || search(name)),
    );
    const settings = table.settings
      .filter(({ value }) => value !== '')
      .map(({ key, value }) => `${key}: ${value}`);
    const heads = ['Benchmark', 'Run', table.unit, '', 'vs first'];
    return h(
      'table',
      { class: 'table runs-table' },
      h(
        'caption',
        {},
        h('strong', {}, table.unit),
        h('span', { class: 'soft' }, `  ${settings.join(' · ')}`),
      ),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((text, i) =>
            text === ''
              ? h('td', {})
              : h('th', { scope: 'col', class: i === 2 ? 'number' : undefined }, text),
          ),
        ),
      ),
      rows.map((row) => benchmarkRows(row, table)),
    );
  }
}

function benchmarkRows({ name, cells }: StatJsonTable['rows'][number], table: StatJsonTable): HTMLElement {
  const scale = commonScale(
    cells.map(({ center }) => center),
    unitClass(table.unit),
  );
  const most = cells.reduce((max, cell) => Math.max(max, finite(cell.high, cell), ...cell.values), 0);
  const rows = cells.map((cell, i) =>
    h(
      'tr',
      {},
      i > 0 ? null : h('th', { scope: 'rowgroup', class: 'name', rowspan: String(cells.length) }, name),
      h('td', { class: 'name' }, table.columns[cell.column] ?? ''),
      h('td', { class: 'number' }, scale.format(cell.center), h('span', { class: 'soft' }, rangeText(cell))),
      h(
        'td',
        { class: 'strip-cell' },
        strip(cell, most, (value) => scale.format(value)),
      ),
      changeCell(cell, table),
    ),
  );
  return h('tbody', {}, rows);
}

/** Bounds that are infinite are null in JSON; then the values are all there is. */
function finite(bound: number | null, { center }: StatJsonCell): number {
  return bound === null || !Number.isFinite(bound) ? center : bound;
}

function rangeText(cell: StatJsonCell): string {
  const { center, low, high, values } = cell;
  if (values.length < 2 || low === null || high === null || !Number.isFinite(high - low))
    return ` n=${values.length}`;
  const most = Math.max(high - center, center - low);
  return center === 0
    ? ` n=${values.length}`
    : ` ± ${Math.round((100 * most) / Math.abs(center))}% n=${values.length}`;
}

/** The values as ticks, the interval as a line, the median as a point; all runs of a benchmark from 0 to one end. */
function strip(cell: StatJsonCell, most: number, format: (value: number) => string): HTMLElement {
  const at = (value: number): string => `${most <= 0 ? 0 : (100 * value) / most}%`;
  const [low, high] = [finite(cell.low, cell), finite(cell.high, cell)];
  const line = h('span', { class: 'strip-line' });
  line.style.left = at(low);
  line.style.width = most <= 0 ? '0' : `${(100 * (high - low)) / most}%`;
  const point = h('span', { class: 'strip-point' });
  point.style.left = at(cell.center);
  const ticks = cell.values.slice(0, 100).map((value) => {
    const tick = h('span', { class: 'strip-tick' });
    tick.style.left = at(value);
    return tick;
  });
  const label = `${format(cell.center)}, from ${format(low)} to ${format(high)}`;
  return h('span', { class: 'strip', role: 'img', 'aria-label': label, title: label }, ticks, line, point);
}

function changeCell({ column, comparison }: StatJsonCell, { better }: StatJsonTable): HTMLElement {
  if (column === 0) return h('td', { class: 'soft' }, 'base');
  if (comparison === null) return h('td', {});
  const { ratio, p, isSignificant } = comparison;
  const p3 = p === null ? '' : ` p=${p.toFixed(3)}`;
  if (!isSignificant || ratio === null) return h('td', { class: 'soft' }, `~${p3}`);
  const percent = (ratio - 1) * 100;
  const isBetter = better !== null && ratio !== 1 && ratio < 1 === (better === 'lower');
  const verdict = ratio === 1 || better === null ? '' : isBetter ? 'better' : 'worse';
  const text = `${percent > 0 ? '+' : ''}${percent.toFixed(2)}%`;
  return h(
    'td',
    {},
    h('span', { class: verdict }, `${text}${verdict === '' ? '' : ` ${verdict}`}`),
    h('span', { class: 'soft' }, p3),
  );
}
