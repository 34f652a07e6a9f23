import { filterLetters, quotePattern } from '../query.js';
import type { App, View } from './app.js';
import { fill, h } from './dom.js';
import { cleanSvg, layOut } from './graph-layout.js';
import { PanZoom } from './pan-zoom.js';
import type { Place } from './router.js';

/** The call graph, laid out by graphviz; a click on a function keeps only what passes through it. */
export class GraphView implements View {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #stage: HTMLElement;
  #panZoom: PanZoom | undefined;
  #names: readonly string[] = [];
  /** Their elements, in the same order. */
  #nodes: readonly (SVGGElement | undefined)[] = [];
  #text: string | undefined;

  constructor(app: App) {
    this.#app = app;
    this.#stage = h('div', { class: 'graph-stage' });
    const tool = (label: string, text: string, act: (panZoom: PanZoom) => void): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          'aria-label': label,
          title: label,
          onclick: () => this.#panZoom && act(this.#panZoom),
        },
        text,
      );
    const tools = h(
      'div',
      { class: 'graph-tools' },
      tool('Zoom in', '+', (panZoom) => panZoom.zoomBy(1.3)),
      tool('Zoom out', '−', (panZoom) => panZoom.zoomBy(1 / 1.3)),
      tool('Show all', '⤢', (panZoom) => panZoom.reset()),
    );
    this.element = h('section', { class: 'graph', 'aria-label': 'Call graph' }, this.#stage, tools);
  }

  async show(place: Place, isLatest: () => boolean): Promise<void> {
    const { backend } = this.#app;
    const { dot, names } = await backend.ask('graph', place.query);
    if (!isLatest()) return;
    if (names.length === 0) {
      fill(this.#stage, h('p', { class: 'empty' }, 'Nothing is left to show.'));
      return;
    }
    const text = await layOut(dot, backend);
    if (!isLatest()) return;
    this.#text = text;
    this.#names = names;
    this.#draw(text);
  }

  refresh(): void {
    const { search } = this.#app;
    for (const [i, name] of this.#names.entries()) {
      const node = this.#nodes[i];
      node?.classList.toggle('found', search?.(name) === true);
      node?.classList.toggle('pale', search !== undefined && !search(name));
    }
    if (search !== undefined)
      this.#app.say(`${this.#names.filter(search).length} of ${this.#names.length} functions match`);
  }

  svg(): string | undefined {
    return this.#text;
  }

  #draw(text: string): void {
    const svg = cleanSvg(text);
    if (svg === undefined) throw new Error('the graph cannot be shown');
    svg.setAttribute('role', 'group');
    svg.setAttribute('aria-label', `Call graph of ${this.#names.length} functions`);
    fill(this.#stage, svg);
    fitTexts(svg);
    this.#panZoom = new PanZoom(this.#stage, svg);
    this.#nodes = nodesOf(svg, this.#names.length);
    for (const [i, name] of this.#names.entries()) this.#arm(this.#nodes[i], name);
    this.refresh();
  }

  #arm(node: SVGGElement | undefined, name: string): void {
    if (node === undefined) return;
    const texts = [...node.querySelectorAll('text')].map(({ textContent }) => textContent ?? '');
    node.querySelector('title')?.replaceChildren(`${name}: ${texts.slice(-2).join(' ')}`);
    node.setAttribute('tabindex', '0');
    node.setAttribute('role', 'button');
    const focus = (): void =>
      this.#app.router.go('graph', { [filterLetters.focus]: `^${quotePattern(name)}$` });
    node.addEventListener('click', () => {
      if (this.#panZoom?.hasMoved !== true) focus();
    });
    node.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      this.#app.menuOf(name, { x: event.clientX, y: event.clientY, opener: this.#stage });
    });
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') focus();
      else if (event.key !== 'm' && event.key !== 'ContextMenu') return;
      else {
        const { left, bottom } = node.getBoundingClientRect();
        this.#app.menuOf(name, { x: left, y: bottom, opener: this.#stage });
      }
      event.preventDefault();
    });
  }
}

/** Graphviz lays out by its own idea of how wide letters are; where this browser's are wider they are drawn narrower. */
function fitTexts(svg: SVGSVGElement): void {
  svg.querySelector(':scope > g > polygon')?.classList.add('paper');
  for (const group of svg.querySelectorAll<SVGGElement>('g.node, g.cluster')) {
    const shape = group.querySelector<SVGGraphicsElement>('polygon, path');
    if (shape === null) continue;
    const room = shape.getBBox().width - 8;
    for (const text of group.querySelectorAll('text')) {
      if (text.getComputedTextLength() <= room) continue;
      text.setAttribute('textLength', String(room));
      text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    }
  }
}

/** The boxes of functions by their numbers; graphviz gives other boxes ids that look the same. */
function nodesOf(svg: SVGSVGElement, count: number): (SVGGElement | undefined)[] {
  const nodes = new Array<SVGGElement | undefined>(count);
  for (const node of svg.querySelectorAll<SVGGElement>('g.node')) {
    const number = /^N(\d+)$/.exec(node.querySelector('title')?.textContent ?? '')?.[1];
    if (number !== undefined) nodes[Number(number) - 1] = node;
  }
  return nodes;
}
