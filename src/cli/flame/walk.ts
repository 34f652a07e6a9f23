import type { FlameTree } from '../../graph/flame-tree.js';
import { type Flame, flameBoxes } from '../../report/flame.js';
import { type FlameCell, flameRows } from '../../report/flame-rows.js';

/** A key, as Node's readline names it: `up`, `return`, `a`; a character that was typed is its `text`. */
export interface Key {
  readonly name: string;
  readonly text: string;
}

/** Makes a search out of what was typed. */
export type CompileSearch = (pattern: string) => (name: string) => boolean;

/** Where somebody is who walks through a flame graph. */
export class FlameWalk {
  readonly #flame: Flame;
  readonly #compile: CompileSearch;
  #columns = 80;
  /** Nodes from the root to the box that fills the picture, and to the chosen one. */
  #zoom: readonly number[] = [];
  #chosen: readonly number[] = [];
  #matches: ((name: string) => boolean) | undefined;
  /** What is being typed behind `/`; undefined where nothing is. */
  #typed: string | undefined;
  #note = '';
  #tree: FlameTree;
  #rows: FlameCell[][] = [];

  constructor(flame: Flame, compile: CompileSearch) {
    this.#flame = flame;
    this.#compile = compile;
    this.#tree = this.#layOut();
  }

  get tree(): FlameTree {
    return this.#tree;
  }

  get rows(): readonly (readonly FlameCell[])[] {
    return this.#rows;
  }

  /** The pattern that is being typed; undefined where none is. */
  get typed(): string | undefined {
    return this.#typed;
  }

  /** What there is to say about the last key; mostly nothing. */
  get note(): string {
    return this.#note;
  }

  /** Whether a box is one that was searched for. */
  isMatch(box: number): boolean {
    return box > 0 && this.#matches?.(this.#name(box)) === true;
  }

  /** Shows the picture in so many columns. */
  resize(columns: number): void {
    this.#columns = columns;
    this.#tree = this.#layOut();
  }

  /** The chosen box; the nearest box on the way to it that has a column. */
  get chosen(): number {
    const shown = new Set(this.#rows.flat().map(({ box }) => box));
    let at = 0;
    for (const node of this.#chosen) {
      const next = this.#childrenOf(at).find((box) => this.#tree.node[box] === node);
      if (next === undefined || !shown.has(next)) break;
      at = next;
    }
    return at;
  }

  /** Takes a key; gives whether to go on. */
  press(key: Key): boolean {
    this.#note = '';
    if (this.#typed !== undefined) this.#type(this.#typed, key);
    else if (key.name === 'q') return false;
    else this.#act(key);
    return true;
  }

  #act({ name, text }: Key): void {
    if (text === '/') this.#typed = '';
    else if (name === 'up') this.#choose(this.#tree.parent[this.chosen] ?? 0);
    else if (name === 'down') this.#choose(this.#shownChild(this.chosen));
    else if (name === 'left' || name === 'right') this.#choose(this.#beside(name === 'left' ? -1 : 1));
    else if (name === 'return' || name === 'enter') this.#zoomTo(this.#pathOf(this.chosen));
    else if (name === 'backspace' || name === 'escape') this.#zoomTo(this.#zoom.slice(0, -1));
    else if (text === 'n' || text === 'N') this.#find(text === 'n' ? 1 : -1);
    else if (name === 'r') this.#reset();
  }

  #type(typed: string, { name, text }: Key): void {
    if (name === 'escape') this.#typed = undefined;
    else if (name === 'backspace') this.#typed = typed === '' ? undefined : typed.slice(0, -1);
    else if (name === 'return' || name === 'enter') this.#search(typed);
    else if (/^[^\p{Cc}]+$/u.test(text)) this.#typed = typed + text;
  }

  #search(pattern: string): void {
    this.#typed = undefined;
    this.#matches = pattern === '' ? undefined : this.#compile(pattern);
    if (pattern !== '') this.#find(1);
  }

  /** Chooses the next box that was searched for, row by row, from the first one again behind the last. */
  #find(step: 1 | -1): void {
    const boxes = this.#rows.flat().map(({ box }) => box);
    const found = boxes.filter((box) => this.isMatch(box));
    if (found.length === 0) {
      this.#note =
        this.#matches === undefined ? 'nothing was searched for yet: / searches' : 'no box matches';
      return;
    }
    const next =
      step > 0 ? found.find((box) => box > this.chosen) : found.filter((box) => box < this.chosen).at(-1);
    this.#choose(next ?? found.at(step > 0 ? 0 : -1) ?? 0);
    this.#note = `${found.indexOf(this.chosen) + 1} of ${found.length}`;
  }

  #reset(): void {
    this.#matches = undefined;
    this.#chosen = [];
    this.#zoomTo([]);
  }

  #zoomTo(path: readonly number[]): void {
    this.#zoom = path;
    this.#tree = this.#layOut();
  }

  #choose(box: number | undefined): void {
    if (box !== undefined) this.#chosen = this.#pathOf(box);
  }

  #layOut(): FlameTree {
    const tree = flameBoxes(this.#flame, { minShare: 0.5 / this.#columns, path: this.#zoom });
    this.#rows = flameRows(tree, this.#columns);
    return tree;
  }

  #pathOf(box: number): number[] {
    const path: number[] = [];
    for (let at = box; at > 0; at = this.#tree.parent[at] ?? 0) path.push(this.#tree.node[at] ?? 0);
    return path.reverse();
  }

  #childrenOf(box: number): number[] {
    const children: number[] = [];
    const { count } = this.#tree;
    for (let i = box + 1; i < count; i++) if (this.#tree.parent[i] === box) children.push(i);
    return children;
  }

  #shownChild(box: number): number | undefined {
    const cells = this.#rows.flat();
    return cells.find((cell) => cell.box > 0 && this.#tree.parent[cell.box] === box)?.box;
  }

  #beside(step: 1 | -1): number | undefined {
    const row = this.#rows.find((cells) => cells.some(({ box }) => box === this.chosen)) ?? [];
    return row[row.findIndex(({ box }) => box === this.chosen) + step]?.box;
  }

  #name(box: number): string {
    return this.#flame.frames[this.#tree.node[box] ?? 0]?.name ?? '';
  }
}
