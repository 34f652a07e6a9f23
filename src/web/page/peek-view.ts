import type { Cost, PeekAnswer, PeekCall } from '../answers.js';
import { pivotLetter } from '../query.js';
import type { App, View } from './app.js';
import { bar, fill, h } from './dom.js';
import { functionLink } from './function-links.js';
import type { Place } from './router.js';

/** Functions with their callers above and their callees below. */
export class PeekView implements View {
  readonly element: HTMLElement;
  readonly #app: App;
  #answer: PeekAnswer | undefined;
  #isChosen = false;

  constructor(app: App) {
    this.#app = app;
    this.element = h('section', { class: 'scroll', tabindex: '0', 'aria-label': 'Callers and callees' });
  }

  async show(place: Place, isLatest: () => boolean): Promise<void> {
    const answer = await this.#app.backend.ask('peek', place.query);
    if (!isLatest()) return;
    this.#answer = answer;
    this.#isChosen = place.query.has(pivotLetter);
    this.refresh();
  }

  refresh(): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    const { search } = this.#app;
    const shown = answer.entries.filter(({ name }) => search === undefined || search(name));
    const hint = this.#isChosen
      ? null
      : h(
          'p',
          { class: 'soft' },
          'The functions with the largest cum. Type a regular expression and press Enter to choose others.',
        );
    const left = answer.left === 0 ? null : h('p', { class: 'soft' }, `and ${answer.left} more`);
    fill(
      this.element,
      hint,
      shown.map((entry) => this.#entry(entry)),
      shown.length === 0 ? h('p', { class: 'empty' }, 'No function to show.') : null,
      left,
    );
  }

  submitSearch(text: string): void {
    this.#app.router.go('peek', { [pivotLetter]: text || null });
  }

  #entry({ name, flat, cum, callers, callees }: PeekAnswer['entries'][number]): HTMLElement {
    const middle = h(
      'tr',
      { class: 'peek-own' },
      h('td', { class: 'number' }, cum.text),
      h('td', { class: 'number' }, cum.percent),
      h(
        'th',
        { scope: 'row', class: 'name' },
        functionLink(this.#app, name),
        h('span', { class: 'soft' }, ` ${flat.text} (${flat.percent}) itself`),
      ),
    );
    const part = (title: string, calls: readonly PeekCall[]): HTMLElement =>
      h(
        'tbody',
        {},
        h(
          'tr',
          { class: 'peek-part' },
          h('th', { scope: 'rowgroup', colspan: '3' }, calls.length === 0 ? `no ${title}` : title),
        ),
        calls.map((call) => this.#call(call)),
      );
    return h(
      'table',
      { class: 'table peek-table' },
      h('caption', { class: 'hidden-text' }, `Callers and callees of ${name}`),
      part('callers', callers),
      h('tbody', {}, middle),
      part('callees', callees),
    );
  }

  #call({ name, inline, cost }: PeekCall): HTMLElement {
    return h(
      'tr',
      {},
      h('td', { class: 'number' }, cost.text),
      h('td', { class: 'number soft' }, bar(shareOf(cost)), h('span', { class: 'percent' }, cost.percent)),
      h(
        'td',
        { class: 'name' },
        functionLink(this.#app, name),
        inline ? h('span', { class: 'soft' }, ' (inline)') : null,
      ),
    );
  }
}

function shareOf({ percent }: Cost): number {
  return Number.parseFloat(percent) / 100;
}
