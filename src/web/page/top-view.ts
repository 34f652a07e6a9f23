import type { Cost, TopAnswer } from '../answers.js';
import type { App, View } from './app.js';
import { bar, fill, h } from './dom.js';
import { functionLink } from './function-links.js';
import type { Place } from './router.js';

type Column = 'flat' | 'cum' | 'name';

/** The functions that cost most, in a table that can be sorted by its headings. */
export class TopView implements View {
  readonly element: HTMLElement;
  readonly #app: App;
  #answer: TopAnswer | undefined;
  #order: { column: Column; isUp: boolean } = { column: 'flat', isUp: false };

  constructor(app: App) {
    this.#app = app;
    this.element = h('section', { class: 'scroll', tabindex: '0', 'aria-label': 'Top functions' });
  }

  async show(place: Place, isLatest: () => boolean): Promise<void> {
    const answer = await this.#app.backend.ask('top', place.query);
    if (!isLatest()) return;
    if (place.query.get('sort') === 'cum') this.#order = { column: 'cum', isUp: false };
    this.#answer = answer;
    this.refresh();
  }

  refresh(): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    const { search } = this.#app;
    const rows = answer.rows.filter(({ name }) => search === undefined || search(name));
    const table = h(
      'table',
      { class: 'table top-table' },
      h('caption', { class: 'hidden-text' }, `Functions by ${this.#order.column}, of ${answer.total} in all`),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          this.#heading('flat', 'Flat'),
          this.#heading('cum', 'Cum'),
          this.#heading('name', 'Function'),
        ),
      ),
      h(
        'tbody',
        {},
        [...rows].sort(this.#compare()).map((row) => this.#row(row, answer)),
      ),
    );
    const left =
      answer.left === 0
        ? null
        : h('p', { class: 'soft' }, `and ${answer.left} more: choose some with Refine`);
    const none = rows.length > 0 ? null : h('p', { class: 'empty' }, 'No function to show.');
    fill(this.element, table, none, left);
    if (search !== undefined) this.#app.say(`${rows.length} of ${answer.rows.length} functions match`);
  }

  #heading(column: Column, text: string): HTMLElement {
    const isOwn = this.#order.column === column;
    const sort = isOwn ? (this.#order.isUp ? 'ascending' : 'descending') : 'none';
    const turn = (): void => {
      const isUp = isOwn ? !this.#order.isUp : column === 'name';
      this.#order = { column, isUp };
      this.refresh();
      this.element.querySelector<HTMLElement>(`[data-column=${column}]`)?.focus();
    };
    const arrow = isOwn ? (this.#order.isUp ? ' ▲' : ' ▼') : '';
    const button = h(
      'button',
      { type: 'button', class: 'sort', 'data-column': column, onclick: turn },
      text,
      h('span', { 'aria-hidden': 'true' }, arrow),
    );
    return h(
      'th',
      {
        scope: 'col',
        'aria-sort': sort,
        class: column === 'name' ? 'name' : 'number',
        colspan: column === 'name' ? undefined : '2',
      },
      button,
    );
  }

  #compare(): (a: TopAnswer['rows'][number], b: TopAnswer['rows'][number]) => number {
    const { column, isUp } = this.#order;
    const sign = isUp ? 1 : -1;
    const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
    if (column === 'name') return (a, b) => sign * byName(a.name, b.name);
    return (a, b) => sign * (Math.abs(a[column].value) - Math.abs(b[column].value)) || byName(a.name, b.name);
  }

  #row({ name, inlined, flat, cum }: TopAnswer['rows'][number], { rows }: TopAnswer): HTMLElement {
    const most = (column: 'flat' | 'cum'): number =>
      rows.reduce((max, row) => Math.max(max, Math.abs(row[column].value)), 0);
    return h(
      'tr',
      {},
      costCells(flat, most('flat')),
      costCells(cum, most('cum')),
      h(
        'th',
        { scope: 'row', class: 'name' },
        functionLink(this.#app, name),
        inlined === '' ? null : h('span', { class: 'soft' }, ` (${inlined})`),
      ),
    );
  }
}

function costCells(cost: Cost, most: number): HTMLElement[] {
  return [
    h('td', { class: 'number' }, cost.text),
    h(
      'td',
      { class: 'number soft' },
      bar(most === 0 ? 0 : Math.abs(cost.value) / most),
      h('span', { class: 'percent' }, cost.percent),
    ),
  ];
}
