import type { SourceAnswer, SourceFile } from '../answers.js';
import { highlightLine, type LineState } from '../highlight.js';
import { pivotLetter } from '../query.js';
import type { App, View } from './app.js';
import { fill, h } from './dom.js';
import { functionLink } from './function-links.js';
import type { Place } from './router.js';

/** Source with what was spent on each line in the margin. */
export class SourceView implements View {
  readonly element: HTMLElement;
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    this.element = h('section', { class: 'scroll', tabindex: '0', 'aria-label': 'Source' });
  }

  async show(place: Place, isLatest: () => boolean): Promise<void> {
    const answer = await this.#app.backend.ask('source', place.query);
    if (!isLatest()) return;
    const isChosen = place.query.has(pivotLetter);
    const hint = isChosen
      ? null
      : h(
          'p',
          { class: 'soft' },
          'The functions that cost most themselves. Type a regular expression and press Enter to choose others.',
        );
    const left = answer.left === 0 ? null : h('p', { class: 'soft' }, `and ${answer.left} more functions`);
    fill(
      this.element,
      hint,
      answer.functions.map((one) => this.#function(one)),
      left,
    );
  }

  submitSearch(text: string): void {
    this.#app.router.go('source', { [pivotLetter]: text || null });
  }

  #function({ name, files }: SourceAnswer['functions'][number]): HTMLElement {
    const heading = h('h2', {}, functionLink(this.#app, name));
    if (files.length === 0)
      return h(
        'article',
        { class: 'source' },
        heading,
        h('p', { class: 'soft' }, 'The profile does not say where its source is.'),
      );
    return h(
      'article',
      { class: 'source' },
      heading,
      files.map((file) => sourceFile(name, file)),
    );
  }
}

function sourceFile(name: string, { file, flat, cum, problem, lines }: SourceFile): HTMLElement {
  const about = h(
    'p',
    { class: 'source-about' },
    h('code', {}, file),
    `  ${flat.text} (${flat.percent}) itself, ${cum.text} (${cum.percent}) in all`,
  );
  if (problem !== '') return h('div', {}, about, h('p', { class: 'soft' }, problem));
  const most = lines.reduce((max, line) => Math.max(max, Math.abs(line.cum?.value ?? 0)), 0);
  let state: LineState = 'code';
  const rows = lines.map(({ line, text, flat: own, cum: all }) => {
    const { tokens, after } = highlightLine(text, state);
    state = after;
    const heat = most === 0 || all === null ? 0 : Math.abs(all.value) / most;
    const pieces = tokens.map(({ kind, text: piece }) =>
      kind === 'plain' ? piece : h('span', { class: `token-${kind}` }, piece),
    );
    return h(
      'tr',
      { class: heat > 0.5 ? 'hot' : heat > 0.05 ? 'warm' : undefined },
      h('td', { class: 'cell number' }, own?.text ?? ''),
      h('td', { class: 'cell number' }, all?.text ?? ''),
      h('td', { class: 'cell number line-number' }, String(line)),
      h('td', { class: 'cell code' }, h('code', {}, pieces)),
    );
  });
  const head = h(
    'thead',
    {},
    h(
      'tr',
      {},
      ['Flat', 'Cum', 'Line', 'Source'].map((text) =>
        h(
          'th',
          { scope: 'col', class: text === 'Source' ? 'cell heading code' : 'cell heading number' },
          text,
        ),
      ),
    ),
  );
  return h(
    'div',
    {},
    about,
    h(
      'table',
      { class: 'source-table' },
      h('caption', { class: 'hidden-text' }, `Source of ${name} in ${file}`),
      head,
      h('tbody', {}, rows),
    ),
  );
}
