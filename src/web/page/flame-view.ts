import { percentage } from '../../unit/percentage.js';
import type { FlameAnswer } from '../answers.js';
import { boxAt, boxOfPath, firstBox, meantWidth, pathOf, type Span } from '../flame-picture.js';
import { pivotLetter, quotePattern, zoomLetter } from '../query.js';
import type { App, View } from './app.js';
import { h } from './dom.js';
import { type Box, boxText, frameOf } from './flame-box-text.js';
import {
  columnsOf,
  type Drawing,
  FlameCanvas,
  type PictureRow,
  pictureRows,
  rowHeight,
} from './flame-canvas.js';
import { boxColors, legendEntries, pictureInk } from './flame-look.js';
import type { Place } from './router.js';

const zoomMillis = 160;
const keptAnswers = 12;

/** The flame graph: the program's stacks from the root down, or both sides of some functions. */
export class FlameView implements View {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #canvas: FlameCanvas;
  readonly #scroller: HTMLElement;
  readonly #sizer: HTMLElement;
  readonly #tip: HTMLElement;
  readonly #legend: HTMLElement;
  readonly #answers = new Map<string, FlameAnswer>();
  #answer: FlameAnswer | undefined;
  #place: Place | undefined;
  #rows: readonly PictureRow[] = [];
  #colors: Drawing['colors'] = { callees: new Uint32Array(), callers: new Uint32Array() };
  #span: Span = { from: 0, to: 1 };
  #target: Span = { from: 0, to: 1 };
  /** The box under the keyboard's cursor or the mouse. */
  #at: Box | undefined;
  #frame = 0;

  constructor(app: App) {
    this.#app = app;
    const canvas = h('canvas', {
      class: 'flame-canvas',
      tabindex: '0',
      role: 'application',
      'aria-roledescription': 'flame graph',
      'aria-label':
        'Flame graph. Arrow keys move between boxes, Enter zooms in, Escape zooms out, C shows callers and callees, M opens the menu.',
    });
    this.#canvas = new FlameCanvas(canvas);
    this.#sizer = h('div', { class: 'flame-sizer' }, canvas);
    this.#scroller = h('div', { class: 'flame-scroller' }, this.#sizer);
    this.#tip = h('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
    this.#legend = h('ul', { class: 'legend', 'aria-label': 'Colours of packages' });
    this.element = h(
      'section',
      { class: 'flame', 'aria-label': 'Flame graph' },
      this.#legend,
      this.#scroller,
      this.#tip,
    );
    this.#listen(canvas);
  }

  async show(place: Place, isLatest: () => boolean): Promise<void> {
    this.#place = place;
    this.#zoomAtOnce(place);
    const key = String(place.query);
    const answer = this.#answers.get(key) ?? (await this.#app.backend.ask('flame', place.query));
    this.#keep(key, answer);
    if (!isLatest()) return;
    this.#take(answer, place);
  }

  refresh(): void {
    this.#paint();
    this.#sayFound();
  }

  submitSearch(text: string): void {
    this.#app.router.go('flamegraph', { [pivotLetter]: text || null });
  }

  hide(): void {
    this.#tip.hidden = true;
  }

  #keep(key: string, answer: FlameAnswer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > keptAnswers && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** What is there already is stretched while the rest is on its way. */
  #zoomAtOnce(place: Place): void {
    const answer = this.#answer;
    if (answer === undefined || answer.callers !== null || place.query.has(pivotLetter)) return;
    const box = boxOfPath(answer.callees, zoomPath(place), (frame) => answer.frames[frame]?.id ?? -1);
    if (box === undefined) return;
    const from = answer.callees.start[box] ?? 0;
    this.#animateTo({ from, to: from + (answer.callees.width[box] ?? 0) });
  }

  #take(answer: FlameAnswer, place: Place): void {
    const isFirst = this.#answer === undefined;
    this.#answer = answer;
    this.#rows = pictureRows(answer);
    this.#at = undefined;
    this.#tip.hidden = true;
    const width = answer.callees.width[0] ?? 0;
    this.#span = { from: 0, to: width || 1 };
    this.#target = this.#span;
    this.#sizer.style.height = `${this.#rows.length * rowHeight}px`;
    this.#scrollTo(answer, place);
    this.#paint();
    this.drawNow();
    this.#sayFound();
    if (document.activeElement === this.#canvas.element) this.#moveTo(firstBoxOf(answer, place));
    performance.mark(isFirst ? 'prof-first-picture' : 'prof-picture');
    if (width === 0) this.#app.say('Nothing is left to show.');
  }

  /** The pivot in the middle, what is zoomed into in sight, else the top. */
  #scrollTo({ callers }: FlameAnswer, place: Place): void {
    const pivot =
      callers === null ? zoomPath(place).length : this.#rows.findIndex(({ side }) => side === 'callees');
    const top = pivot * rowHeight;
    if (callers !== null) this.#scroller.scrollTop = top - this.#scroller.clientHeight / 2;
    else if (top > this.#scroller.clientHeight - 4 * rowHeight)
      this.#scroller.scrollTop = top - 4 * rowHeight;
    else this.#scroller.scrollTop = 0;
  }

  #paint(): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    const { theme } = this.#app;
    this.#colors = boxColors(answer, this.#app);
    this.#legend.replaceChildren(...legendEntries(answer, theme));
    this.redraw();
  }

  /** Draws at the next frame. */
  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.drawNow();
    });
  }

  /** Draws now. */
  drawNow(): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    this.#canvas.draw({
      ...{ answer, rows: this.#rows, span: this.#span, colors: this.#colors },
      ...pictureInk(this.#app.theme),
      width: this.#scroller.clientWidth,
      height: Math.min(this.#scroller.clientHeight, Math.max(1, this.#rows.length) * rowHeight),
      top: this.#scroller.scrollTop,
      marked: this.#at,
    });
  }

  #animateTo(target: Span): void {
    this.#target = target;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#span = target;
      this.drawNow();
      return;
    }
    const [first, start] = [this.#span, performance.now()];
    const step = (now: number): void => {
      if (this.#target !== target) return;
      const t = Math.min(1, Math.max(0, (now - start) / zoomMillis));
      const eased = 1 - (1 - t) ** 3;
      const between = (a: number, b: number): number => a + (b - a) * eased;
      this.#span = { from: between(first.from, target.from), to: between(first.to, target.to) };
      this.drawNow();
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  #listen(canvas: HTMLCanvasElement): void {
    canvas.addEventListener('pointermove', (event) => this.#hover(event));
    canvas.addEventListener('pointerleave', () => {
      this.#tip.hidden = true;
      this.#mark(undefined);
    });
    canvas.addEventListener('click', (event) => {
      const box = this.#boxUnder(event);
      if (box !== undefined) this.#zoomTo(box);
    });
    canvas.addEventListener('contextmenu', (event) => {
      const box = this.#boxUnder(event);
      const name = this.#answer && box && frameOf(this.#answer, box)?.name;
      if (name === undefined) return;
      event.preventDefault();
      this.#tip.hidden = true;
      this.#app.menuOf(name, { x: event.clientX, y: event.clientY, opener: canvas });
    });
    canvas.addEventListener('keydown', (event) => this.#onKey(event));
    canvas.addEventListener('focus', () => {
      if (this.#at !== undefined || this.#answer === undefined || this.#place === undefined) return;
      this.#moveTo(firstBoxOf(this.#answer, this.#place));
    });
    this.#scroller.addEventListener('scroll', () => this.redraw());
    new ResizeObserver(() => this.redraw()).observe(this.#scroller);
  }

  #boxUnder({ clientX, clientY }: MouseEvent): Box | undefined {
    const answer = this.#answer;
    if (answer === undefined) return undefined;
    const { left, top, width } = this.#canvas.element.getBoundingClientRect();
    const row = this.#rows[Math.floor((clientY - top + this.#scroller.scrollTop) / rowHeight)];
    if (row === undefined) return undefined;
    const place = this.#span.from + ((clientX - left) / width) * (this.#span.to - this.#span.from);
    const box = boxAt(columnsOf(answer, row.side), row.depth, place);
    return box === undefined ? undefined : { side: row.side, box };
  }

  #hover(event: PointerEvent): void {
    const box = this.#boxUnder(event);
    const answer = this.#answer;
    this.#mark(box);
    if (box === undefined || answer === undefined) {
      this.#tip.hidden = true;
      return;
    }
    const { title, details } = boxText(answer, box);
    this.#tip.replaceChildren(h('strong', {}, title), ...details.map((line) => h('div', {}, line)));
    this.#tip.hidden = false;
    const { width, height } = this.#tip.getBoundingClientRect();
    this.#tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 8))}px`;
    this.#tip.style.top = `${event.clientY + 20 + height > innerHeight ? event.clientY - height - 12 : event.clientY + 20}px`;
  }

  #mark(box: Box | undefined): void {
    if (box?.box === this.#at?.box && box?.side === this.#at?.side) return;
    this.#at = box;
    this.redraw();
  }

  #zoomTo({ side, box }: Box): void {
    const answer = this.#answer;
    const place = this.#place;
    if (answer === undefined || place === undefined) return;
    if (answer.callers !== null) {
      const name = frameOf(answer, { side, box })?.name;
      if (name !== undefined) this.#app.router.go('flamegraph', { [pivotLetter]: exactly(name) });
      return;
    }
    performance.mark('prof-click');
    this.#app.router.zoom(pathOf(answer.callees, box, (frame) => answer.frames[frame]?.id ?? -1));
  }

  #zoomOut(): void {
    const place = this.#place;
    if (place === undefined) return;
    if (place.query.has(pivotLetter)) this.#app.router.go('flamegraph', { [pivotLetter]: null });
    else if (zoomPath(place).length > 0) this.#app.router.zoom(zoomPath(place).slice(0, -1));
  }

  #onKey(event: KeyboardEvent): void {
    const answer = this.#answer;
    if (answer === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#at ?? { side: 'callees', box: 0 };
    const next = this.#neighbour(at, event.key);
    const name = frameOf(answer, at)?.name;
    if (next !== undefined) this.#moveTo(next);
    else if (event.key.startsWith('Arrow')) this.#app.say('There is no box there.');
    else if (event.key === 'Enter' || event.key === ' ') this.#zoomTo(at);
    else if (event.key === 'Escape' || event.key === 'Backspace') this.#zoomOut();
    else if (event.key === 'c' && name !== undefined)
      this.#app.router.go('flamegraph', { [pivotLetter]: exactly(name) });
    else if (['m', 'ContextMenu', 'F10'].includes(event.key) && name !== undefined) this.#openMenu(at, name);
    else return;
    event.preventDefault();
  }

  #openMenu(box: Box, name: string): void {
    const { left, top } = this.#canvas.element.getBoundingClientRect();
    const row = this.#rowOf(box);
    const y = top + (row + 1) * rowHeight - this.#scroller.scrollTop;
    this.#app.menuOf(name, { x: left + Math.max(8, this.#leftOf(box)), y, opener: this.#canvas.element });
  }

  #leftOf({ side, box }: Box): number {
    const answer = this.#answer;
    if (answer === undefined) return 0;
    const start = columnsOf(answer, side).start[box] ?? 0;
    return ((start - this.#span.from) / (this.#span.to - this.#span.from)) * this.#scroller.clientWidth;
  }

  #rowOf({ side, box }: Box): number {
    const answer = this.#answer;
    if (answer === undefined) return 0;
    const { row } = columnsOf(answer, side);
    return this.#rows.findIndex(
      (one) => one.side === side && box >= (row[one.depth] ?? 0) && box < (row[one.depth + 1] ?? 0),
    );
  }

  /** The box that an arrow key leads to: the row above or below, or beside in the same row. */
  #neighbour(at: Box, key: string): Box | undefined {
    const answer = this.#answer;
    const row = this.#rowOf(at);
    if (answer === undefined || row < 0) return undefined;
    const own = columnsOf(answer, at.side);
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const box = at.box + (key === 'ArrowLeft' ? -1 : 1);
      const depth = this.#rows[row]?.depth ?? 0;
      const isThere = box >= (own.row[depth] ?? 0) && box < (own.row[depth + 1] ?? 0);
      return isThere ? { side: at.side, box } : undefined;
    }
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
    const next = this.#rows[row + (key === 'ArrowUp' ? -1 : 1)];
    if (next === undefined) return undefined;
    // Rows are laid out alike on both sides: what is at the same place is the parent or the widest child.
    const columns = columnsOf(answer, next.side);
    const [start, end] = [own.start[at.box] ?? 0, (own.start[at.box] ?? 0) + (own.width[at.box] ?? 0)];
    const box = firstBox(columns, next.depth, start);
    const isThere = box < (columns.row[next.depth + 1] ?? 0) && (columns.start[box] ?? 0) < end;
    return isThere ? { side: next.side, box } : undefined;
  }

  #moveTo(box: Box): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    this.#at = box;
    const row = this.#rowOf(box);
    const [top, height] = [this.#scroller.scrollTop, this.#scroller.clientHeight];
    if (row * rowHeight < top) this.#scroller.scrollTop = row * rowHeight;
    if ((row + 1) * rowHeight > top + height) this.#scroller.scrollTop = (row + 1) * rowHeight - height;
    const { title, details } = boxText(answer, box);
    this.#app.say([title, ...details].join(', '));
    this.redraw();
  }

  #sayFound(): void {
    const { search } = this.#app;
    const answer = this.#answer;
    if (search === undefined || answer === undefined) return;
    const isMeant = answer.frames.map(({ name, file }) => search(name) || search(file));
    const width = meantWidth(answer.callees, (frame) => isMeant[frame] === true);
    const functions = isMeant.filter(Boolean).length;
    const share = percentage(width, answer.callees.width[0] ?? 0).trim();
    this.#app.say(
      `${functions} ${functions === 1 ? 'function matches' : 'functions match'}, in ${share} of what is shown`,
    );
  }
}

/** Where the keyboard's cursor begins: the pivot, or the box that fills the picture. */
function firstBoxOf({ callees, callers }: FlameAnswer, place: Place): Box {
  const depth = callers === null ? zoomPath(place).length : 1;
  const box = callees.row[depth] ?? 0;
  return { side: 'callees', box: box < callees.frame.length ? box : 0 };
}

/** The path of the box that fills the picture. */
function zoomPath({ query }: Place): number[] {
  return (query.get(zoomLetter) ?? '')
    .split('.')
    .filter((word) => word !== '')
    .map(Number);
}

function exactly(name: string): string {
  return `^${quotePattern(name)}$`;
}
