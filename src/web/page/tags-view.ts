import type { TagsAnswer } from '../answers.js';
import { filterLetters, quotePattern } from '../query.js';
import type { App, View } from './app.js';
import { bar, fill, h } from './dom.js';
import { followed } from './function-links.js';
import type { Place } from './router.js';

/** Labels of samples, and what was spent under each of their values. */
export class TagsView implements View {
  readonly element: HTMLElement;
  readonly #app: App;
  #answer: TagsAnswer | undefined;

  constructor(app: App) {
    this.#app = app;
    this.element = h('section', { class: 'scroll', tabindex: '0', 'aria-label': 'Tags' });
  }

  async show(place: Place, isLatest: () => boolean): Promise<void> {
    const answer = await this.#app.backend.ask('tags', place.query);
    if (!isLatest()) return;
    this.#answer = answer;
    this.refresh();
  }

  refresh(): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    if (answer.keys.length === 0)
      fill(this.element, h('p', { class: 'empty' }, 'The samples that are shown have no labels.'));
    else
      fill(
        this.element,
        answer.keys.map((key) => this.#key(key)),
      );
  }

  #key({ key, total, values }: TagsAnswer['keys'][number]): HTMLElement {
    const { search } = this.#app;
    const most = values.reduce((max, { cost }) => Math.max(max, Math.abs(cost.value)), 0);
    const rows = values
      .filter(({ name }) => search === undefined || search(name) || search(key))
      .map(({ name, cost }) =>
        h(
          'tr',
          {},
          h('td', { class: 'number' }, cost.text),
          h(
            'td',
            { class: 'number soft' },
            bar(most === 0 ? 0 : Math.abs(cost.value) / most),
            h('span', { class: 'percent' }, cost.percent),
          ),
          h(
            'th',
            { scope: 'row', class: 'name' },
            name,
            ' ',
            this.#filter('tagFocus', key, name),
            ' ',
            this.#filter('tagIgnore', key, name),
          ),
        ),
      );
    return h(
      'table',
      { class: 'table tags-table' },
      h('caption', {}, h('strong', {}, key), `  ${total.text} (${total.percent})`),
      h('tbody', {}, rows),
    );
  }

  #filter(filter: 'tagFocus' | 'tagIgnore', key: string, name: string): HTMLElement {
    const text = filter === 'tagFocus' ? 'focus' : 'ignore';
    const address = this.#app.router.address('tags', {
      [filterLetters[filter]]: `${key}=${valuePattern(name)}`,
    });
    return h(
      'a',
      {
        href: address,
        class: 'small-link',
        'aria-label': `${text} ${key} ${name}`,
        onclick: followed(this.#app, address),
      },
      text,
    );
  }
}

/** A number with a unit is a range of just it; a comma would begin another pattern. */
function valuePattern(name: string): string {
  if (/^-?\d+[a-z]+$/i.test(name)) return name;
  return `^${quotePattern(name).replaceAll(',', '\\x2c')}$`;
}
