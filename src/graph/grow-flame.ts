import { Uint32List } from '../profile/list.js';
import { pathEnd, type SamplePaths } from './sample-paths.js';

/** Which part of a flame graph is wanted. */
export interface FlameTreeOptions {
  /** Boxes narrower than this share of the whole picture are left out, with all above them. */
  readonly minShare: number;
  /** The nodes from the root to the box that is to be as wide as the picture; it and its callers stay one box a row. */
  readonly path?: readonly number[];
}

/** A tree as it is found: parents before children, those of one parent together, in no particular order. */
export interface GrownTree {
  readonly count: number;
  readonly node: Uint32Array;
  readonly parent: Uint32Array;
  /** The children of box i stand at `children[i]` to `children[i + 1]` (exclusive). */
  readonly children: Uint32Array;
  readonly depth: Uint32Array;
  readonly sums: BoxSums;
}

/** What was spent in each box itself (flat) and with what is above it (cum), now and before. */
export interface BoxSums {
  readonly flatAfter: number[];
  readonly flatBefore: number[];
  readonly cumAfter: number[];
  readonly cumBefore: number[];
}

/** Columns take memory, and only the rows near the root have many boxes with many samples. */
const maxColumns = 32;

/** Splits the samples of a box by their next node, box after box. */
export class TreeGrower {
  readonly #paths: SamplePaths;
  readonly #path: readonly number[];
  readonly #minShare: number;
  #least = 0;
  /** Samples; those of a box stand together, at `#from` to `#to`. */
  readonly #order: Uint32Array;
  readonly #scratch: Uint32Array;
  /** For each sample of the box at hand the place of its group, from 1; 0 for none. */
  readonly #groupAt: Uint32Array;
  readonly #from = new Uint32List();
  readonly #to = new Uint32List();
  readonly #depth = new Uint32List();
  readonly #node = new Uint32List();
  readonly #parent = new Uint32List();
  readonly #children = new Uint32List();
  readonly #sums: BoxSums = { flatAfter: [], flatBefore: [], cumAfter: [], cumBefore: [] };
  /** For each node its place among the groups of the box at hand, from 1; 0 where it has none. */
  readonly #groupOf: Uint32Array;
  readonly #columns: Uint32Array[] = [];

  constructor(paths: SamplePaths, { minShare, path = [] }: FlameTreeOptions) {
    this.#paths = paths;
    this.#path = path;
    this.#minShare = minShare;
    this.#order = new Uint32Array(paths.count);
    for (let i = 0; i < paths.count; i++) this.#order[i] = i;
    this.#scratch = new Uint32Array(paths.count);
    this.#groupAt = new Uint32Array(paths.count);
    this.#groupOf = new Uint32Array(paths.nodeCount);
  }

  grow(): GrownTree {
    const { after, before, count } = this.#paths;
    this.#add({ node: 0, parent: 0, depth: 0, from: 0, to: count, ...sumsOf(after, before) });
    for (let box = 0; box < this.#node.length; box++) {
      this.#children.push(this.#node.length);
      this.#split(box);
    }
    this.#children.push(this.#node.length);
    return {
      count: this.#node.length,
      node: this.#node.toArray(),
      parent: this.#parent.toArray(),
      children: this.#children.toArray(),
      depth: this.#depth.toArray(),
      sums: this.#sums,
    };
  }

  #add(box: NewBox): void {
    this.#node.push(box.node);
    this.#parent.push(box.parent);
    this.#depth.push(box.depth);
    this.#from.push(box.from);
    this.#to.push(box.to);
    this.#sums.cumAfter.push(box.after);
    this.#sums.cumBefore.push(box.before);
    this.#sums.flatAfter.push(0);
    this.#sums.flatBefore.push(0);
    // From the box that is as wide as the picture on, only what can be seen.
    if (box.depth === this.#path.length) this.#least = (box.after + box.before) * this.#minShare;
  }

  /** Phases: 1 group the samples  2 decide which groups become boxes  3 put their samples together. */
  #split(box: number): void {
    const [from, to, depth] = [this.#from.data[box]!, this.#to.data[box]!, this.#depth.data[box]!];
    const wanted = this.#path[depth];
    const groups = this.#groups(box, wanted);
    let next = from;
    for (const group of groups) {
      if (wanted === undefined && group.after + group.before < this.#least) continue;
      const end = next + group.count;
      this.#add({ ...group, parent: box, depth: depth + 1, from: next, to: end });
      group.to = next;
      next = end;
    }
    this.#gather(groups, from, to);
    for (const { node } of groups) this.#groupOf[node] = 0;
  }

  /** The groups of a box, or only the one that is wanted. */
  #groups(box: number, wanted: number | undefined): Group[] {
    const { start, nodes, after, before } = this.#paths;
    const depth = this.#depth.data[box]!;
    const column = this.#column(box);
    const { flatAfter, flatBefore } = this.#sums;
    const groups: Group[] = [];
    const [order, groupAt, groupOf] = [this.#order, this.#groupAt, this.#groupOf];
    for (let at = this.#from.data[box]!; at < this.#to.data[box]!; at++) {
      const sample = order[at]!;
      let node = pathEnd;
      if (column !== undefined) node = column[sample]!;
      else if (start[sample]! + depth < start[sample + 1]!) node = nodes[start[sample]! + depth]!;
      groupAt[at] = 0;
      if (node === pathEnd) {
        flatAfter[box]! += after[sample]!;
        flatBefore[box]! += before[sample]!;
        continue;
      }
      if (wanted !== undefined && node !== wanted) continue;
      let number = groupOf[node]!;
      if (number === 0) {
        number = groups.push({ node, count: 0, after: 0, before: 0, to: -1 });
        groupOf[node] = number;
      }
      groupAt[at] = number;
      const group = groups[number - 1]!;
      group.count++;
      group.after += after[sample]!;
      group.before += before[sample]!;
    }
    return groups;
  }

  /** The nodes of all samples at the depth of a box, where there is a box with many of them. */
  #column(box: number): Uint32Array | undefined {
    const depth = this.#depth.data[box]!;
    const samples = this.#to.data[box]! - this.#from.data[box]!;
    if (depth < maxColumns && samples > this.#paths.count / 1000)
      this.#columns[depth] ??= this.#paths.column(depth);
    return this.#columns[depth];
  }

  /** The samples of groups that have a place to go; the others are needed no more. */
  #gather(groups: readonly Group[], from: number, to: number): void {
    const [order, scratch, groupAt] = [this.#order, this.#scratch, this.#groupAt];
    if (groups.every((group) => group.to < 0)) return;
    for (let at = from; at < to; at++) {
      const number = groupAt[at]!;
      if (number === 0) continue;
      const group = groups[number - 1]!;
      if (group.to >= 0) scratch[group.to++] = order[at]!;
    }
    order.set(scratch.subarray(from, to), from);
  }
}

interface NewBox {
  readonly node: number;
  readonly parent: number;
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  readonly after: number;
  readonly before: number;
}

/** The samples of a box that go on with one node. */
interface Group {
  readonly node: number;
  count: number;
  after: number;
  before: number;
  /** Where the next of its samples goes; -1 for nowhere. */
  to: number;
}

function sumsOf(after: Float64Array, before: Float64Array): { after: number; before: number } {
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
  return { after: sum(after), before: sum(before) };
}
