import type { Locations, Samples } from '../profile/profile.js';
import { ByteReader, ByteWriter, numbersOf } from './byte-stream.js';

/**
 * Stacks as few bytes. What a function calls are few functions, and stacks in order share their beginnings; so each
 * stack is written as how much of the one before it keeps, and for each further frame its number among the callees of
 * the one below, and among the places in that function:
 *
 *     // samples, root first, in order      kept   callees
 *     // a b c                              0      a:0  b:0 of a's  c:0 of b's
 *     // a b d                              2      d:1 of b's
 *
 * Callees, places and lengths are streams of their own, which pack better.
 */
export interface PackedStacks {
  /** The samples in the order in which their stacks are written. */
  readonly order: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Writes the stacks of samples. */
export function packStacks(samples: Samples, locations: Locations): PackedStacks {
  const groups = groupsOf(locations);
  const order = sortedSamples(samples);
  const callees = calleesOf(samples, groups);
  const [lengths, calls, places] = [new ByteWriter(), new ByteWriter(), new ByteWriter()];
  let before = new Uint32Array();
  for (const sample of order) {
    const stack = rootFirst(samples, sample);
    let kept = 0;
    while (kept < Math.min(stack.length, before.length) && stack[kept] === before[kept]) kept++;
    lengths.number(kept);
    lengths.number(stack.length - kept);
    let below = kept === 0 ? groups.count : (groups.of[stack[kept - 1] ?? 0] ?? 0);
    for (const location of stack.subarray(kept)) {
      const group = groups.of[location] ?? 0;
      calls.number(placeIn(callees.lists, below, group));
      places.number(groups.place[location] ?? 0);
      below = group;
    }
    before = stack;
  }
  const all = new ByteWriter();
  for (const stream of [callees.writer, lengths, calls, places]) all.bytes(stream.toArray());
  return { order, bytes: all.toArray() };
}

/**
 * Reads the stacks of so many samples; leaf first again, in the order in which they were written. No object and no call
 * for a frame: a page waits for it.
 */
export function unpackStacks(
  bytes: Uint8Array,
  count: number,
  locations: Locations,
): Pick<Samples, 'start' | 'stack'> {
  const groups = groupsOf(locations);
  const all = new ByteReader(bytes);
  const lists = readLists(numbersOf(all.bytes()), groups.count + 1);
  const members = flattened(groups.locations);
  const [lengths, calls, places] = [numbersOf(all.bytes()), numbersOf(all.bytes()), numbersOf(all.bytes())];
  const start = new Uint32Array(count + 1);
  const stack = new Uint32Array(stackLength(lengths));
  let next = 0;
  for (let i = 0; i < count; i++) {
    const from = start[i] ?? 0;
    const kept = lengths[2 * i] ?? 0;
    const end = from + kept + (lengths[2 * i + 1] ?? 0);
    // Leaf first: what is kept is the end of the stack before.
    stack.copyWithin(end - kept, from - kept, from);
    let below = kept === 0 ? groups.count : (groups.of[stack[end - kept] ?? 0] ?? 0);
    for (let at = end - kept - 1; at >= from; at--, next++) {
      const group = lists.items[(lists.start[below] ?? 0) + (calls[next] ?? 0)] ?? 0;
      stack[at] = members.items[(members.start[group] ?? 0) + (places[next] ?? 0)] ?? 0;
      below = group;
    }
    start[i + 1] = end;
  }
  return { start, stack };
}

/** How many frames there are in all, by how many each stack keeps and adds. */
function stackLength(lengths: Uint32Array): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** Lists one behind the other. */
interface FlatLists {
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

function flattened(lists: readonly (readonly number[])[]): FlatLists {
  const start = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) start[i + 1] = (start[i] ?? 0) + list.length;
  return { start, items: Uint32Array.from(lists.flat()) };
}

/** Locations by the function that they are in, of inlined ones the outermost. */
interface Groups {
  readonly count: number;
  /** By location: its group, and its place in it. */
  readonly of: Uint32Array;
  readonly place: Uint32Array;
  readonly locations: readonly (readonly number[])[];
}

function groupsOf({ count, lineStart, lineFunc }: Locations): Groups {
  const numbers = new Map<number, number>();
  const members: number[][] = [];
  const [of, place] = [new Uint32Array(count), new Uint32Array(count)];
  for (let location = 0; location < count; location++) {
    const last = (lineStart[location + 1] ?? 0) - 1;
    const func = last < (lineStart[location] ?? 0) ? -1 : (lineFunc[last] ?? 0);
    const group = numbers.get(func) ?? members.push([]) - 1;
    numbers.set(func, group);
    of[location] = group;
    place[location] = (members[group]?.push(location) ?? 1) - 1;
  }
  return { count: members.length, of, place, locations: members };
}

function rootFirst({ start, stack }: Samples, sample: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(stack.subarray(start[sample], start[sample + 1])).reverse();
}

/** The samples by their stacks from the root on. */
function sortedSamples({ count, start, stack }: Samples): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  return order.sort((a, b) => {
    let [x, y] = [start[a + 1] ?? 0, start[b + 1] ?? 0];
    const [endA, endB] = [start[a] ?? 0, start[b] ?? 0];
    while (x > endA && y > endB) {
      const difference = (stack[--x] ?? 0) - (stack[--y] ?? 0);
      if (difference !== 0) return difference;
    }
    return x - endA - (y - endB) || a - b;
  });
}

/**
 * For each group, and last for the root, the groups that follow it in stacks, in order; and all that as bytes. Pairs of
 * groups are numbers here, which sort faster than sets of them fill.
 */
function calleesOf(samples: Samples, { of, count }: Groups): { lists: FlatLists; writer: ByteWriter } {
  const pairs = new Float64Array(samples.stack.length);
  let length = 0;
  for (let i = 0; i < samples.count; i++) {
    let below = count;
    for (let at = (samples.start[i + 1] ?? 0) - 1; at >= (samples.start[i] ?? 0); at--) {
      const group = of[samples.stack[at] ?? 0] ?? 0;
      pairs[length++] = below * (count + 1) + group;
      below = group;
    }
  }
  const lists = listsOf(pairs.subarray(0, length).sort(), count + 1);
  const writer = new ByteWriter();
  for (let i = 0; i <= count; i++) {
    const list = lists.items.subarray(lists.start[i], lists.start[i + 1]);
    writer.number(list.length);
    for (const [at, group] of list.entries()) writer.number(group - (list[at - 1] ?? 0));
  }
  return { lists, writer };
}

/** The second halves of sorted pairs by their first halves, each once. */
function listsOf(pairs: Float64Array, count: number): FlatLists {
  const start = new Uint32Array(count + 1);
  const items = new Uint32Array(pairs.length);
  let length = 0;
  for (const [i, pair] of pairs.entries()) {
    if (i > 0 && pair === pairs[i - 1]) continue;
    items[length++] = pair % count;
    start[Math.floor(pair / count) + 1] = length;
  }
  for (let i = 1; i <= count; i++) start[i] = Math.max(start[i] ?? 0, start[i - 1] ?? 0);
  return { start, items: items.slice(0, length) };
}

/** Where in a list, which is sorted, an item stands. */
function placeIn({ start, items }: FlatLists, list: number, item: number): number {
  const from = start[list] ?? 0;
  let low = from;
  let high = start[list + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] ?? 0) < item) low = middle + 1;
    else high = middle;
  }
  return low - from;
}

/** Each list as its length, then its numbers, each less the one before. */
function readLists(numbers: Uint32Array, count: number): FlatLists {
  const start = new Uint32Array(count + 1);
  const items = new Uint32Array(Math.max(0, numbers.length - count));
  let at = 0;
  let to = 0;
  for (let i = 0; i < count; i++) {
    const length = numbers[at++] ?? 0;
    let item = 0;
    for (const end = at + length; at < end; at++) items[to++] = item += numbers[at] ?? 0;
    start[i + 1] = to;
  }
  return { start, items };
}
