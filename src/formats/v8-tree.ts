import type { Frame } from '../profile/builder.js';
import type { Source } from './source.js';

/** A node's own frame stands on a line of its own; callers stand where the function starts. */
interface TreeNode {
  readonly frame: Frame;
  /** Where in the file it stands, for errors. */
  readonly place: string;
  /** Index of the caller; -1 for a root. */
  parent: number;
}

/** V8's tree of calls, its nodes by index in the order of the file; ids can be any number. */
export class V8Tree {
  readonly #source: Source;
  readonly #nodes: TreeNode[] = [];
  readonly #indices = new Map<number, number>();

  constructor(source: Source) {
    this.#source = source;
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** Adds a node, whose caller may come later. */
  add(id: unknown, frame: Frame, place: string): number {
    if (typeof id !== 'number') return this.#source.fail(`${place}.id`, 'is no number');
    if (this.#indices.has(id)) return this.#source.fail(`${place}.id`, `${id} is the id of another node too`);
    this.#indices.set(id, this.#nodes.length);
    return this.#nodes.push({ frame, place, parent: -1 }) - 1;
  }

  /** The index that belongs to an id; -1 for none. */
  indexOf(id: unknown): number {
    return typeof id === 'number' ? (this.#indices.get(id) ?? -1) : -1;
  }

  /** Makes one node the caller of another. */
  link(child: number, parent: number, place: string): void {
    const node = this.#nodes[child];
    if (node === undefined || parent < 0) throw this.#source.error(place, 'is not the id of a node');
    if (node.parent >= 0 && node.parent !== parent)
      throw this.#source.error(place, 'names a node that has another caller already');
    node.parent = parent;
  }

  /** Makes sure that every way up ends at a root. */
  checkAcyclic(): void {
    const checked = new Uint8Array(this.#nodes.length);
    const onWay = 1;
    const sound = 2;
    for (const start of this.#nodes.keys()) {
      const way: number[] = [];
      let at = start;
      for (; at >= 0 && checked[at] === 0; at = this.#nodes[at]?.parent ?? -1) {
        checked[at] = onWay;
        way.push(at);
      }
      if (at >= 0 && checked[at] === onWay)
        throw this.#source.error(this.#nodes[at]?.place ?? '', 'calls itself through its own callers');
      for (const index of way) checked[index] = sound;
    }
  }

  place(index: number): string {
    return this.#nodes[index]?.place ?? '';
  }

  /** Whether a node stands for the time in which nothing ran. */
  isIdle(index: number): boolean {
    const frame = this.#nodes[index]?.frame;
    return frame?.name === '(idle)' && frame.file === '';
  }

  /**
   * The stack of a node, leaf first. The root is left out, unless it is itself the leaf.
   *
   * @param locationOf - numbers a frame
   * @param line - where the leaf is; 0 when unknown: where its function starts
   */
  stack(index: number, line: number, locationOf: (frame: Frame) => number): number[] {
    const leaf = this.#nodes[index];
    if (leaf === undefined) return [];
    const locations = [locationOf(line > 0 ? { ...leaf.frame, line } : leaf.frame)];
    let at = this.#nodes[leaf.parent];
    while (at !== undefined) {
      const caller = this.#nodes[at.parent];
      if (caller !== undefined || !isRoot(at.frame)) locations.push(locationOf(at.frame));
      at = caller;
    }
    return locations;
  }
}

function isRoot({ name, file }: Frame): boolean {
  return name === '(root)' && file === '';
}
