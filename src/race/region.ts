import { cellWords } from './cell.js';
import { allocate, header, maxRegions, region, regionAt } from './layout.js';
import { noteLimit } from './limits.js';
import { atomics } from './native.js';

// A region is the shadow of one shared buffer. It has a plane of cells for each size of access that was seen (1, 2,
// 4, 8 bytes), so that buffers used in one way pay for one plane. A plane is in one piece where it is small, else
// in chunks that a table finds.

/** Bytes of the elements of a plane: 2 ** plane. */
export type Plane = 0 | 1 | 2 | 3;

/** All planes. */
export const planes: readonly Plane[] = [0, 1, 2, 3];

/** Words up to which a plane is in one piece, which is found faster: a sixteenth of the shadow. */
function pieceWords(memory: Int32Array): number {
  return memory.length / 16;
}

/** Elements of a chunk. */
const chunkElements = 4096;

/** Makes a region for a buffer of so many bytes; 0 when there is no room for more. */
export function makeRegion(memory: Int32Array, bytes: number): number {
  const number = atomics.add(memory, header.regions, 1) + 1;
  if (number >= maxRegions) {
    noteLimit(memory, 'buffers');
    return 0;
  }
  const at = regionAt(number);
  memory[at + region.bytes] = bytes % 2 ** 30;
  memory[at + region.bytes + 1] = Math.floor(bytes / 2 ** 30);
  return number;
}

/** Bytes of the buffer of a region; of a growable one the most it may have. */
export function regionBytes(memory: Int32Array, number: number): number {
  const at = regionAt(number) + region.bytes;
  return memory[at]! + memory[at + 1]! * 2 ** 30;
}

/** Index of the word that has a bit for each plane of the region, bit 0 for single bytes. */
export function sizesAt(number: number): number {
  return regionAt(number) + region.sizes;
}

/** Says that there is a plane, before anybody can write into it. */
function noteSize(memory: Int32Array, number: number, plane: Plane): void {
  const at = sizesAt(number);
  if ((memory[at]! & (1 << plane)) === 0) atomics.or(memory, at, 1 << plane);
}

/** Index of the first cell of a plane that is in one piece, which is made where there is none yet; else 0. */
export function planeBase(memory: Int32Array, number: number, plane: Plane): number {
  const words = elementCount(memory, number, plane) * cellWords;
  noteSize(memory, number, plane);
  return words > pieceWords(memory)
    ? 0
    : getOrAllocate(memory, regionAt(number) + region.planes + plane, words);
}

/** Index of an element's cell; 0 where memory is used up. */
export function cellAt(memory: Int32Array, number: number, plane: Plane, element: number): number {
  const words = elementCount(memory, number, plane) * cellWords;
  if (words <= pieceWords(memory)) {
    const base = planeBase(memory, number, plane);
    return base === 0 ? 0 : base + element * cellWords;
  }
  noteSize(memory, number, plane);
  const chunks = Math.ceil(words / cellWords / chunkElements);
  const table = getOrAllocate(memory, regionAt(number) + region.tables + plane, chunks);
  if (table === 0) return 0;
  const entry = table + Math.floor(element / chunkElements);
  const chunk = getOrAllocate(memory, entry, chunkElements * cellWords);
  return chunk === 0 ? 0 : chunk + (element % chunkElements) * cellWords;
}

/** Index of an element's cell where there is one, else 0; makes nothing. */
export function getCell(memory: Int32Array, number: number, plane: Plane, element: number): number {
  const base = atomics.load(memory, regionAt(number) + region.planes + plane);
  if (base > 0) return base + element * cellWords;
  const table = atomics.load(memory, regionAt(number) + region.tables + plane);
  if (table <= 0) return 0;
  const chunk = atomics.load(memory, table + Math.floor(element / chunkElements));
  return chunk <= 0 ? 0 : chunk + (element % chunkElements) * cellWords;
}

function elementCount(memory: Int32Array, number: number, plane: Plane): number {
  return Math.floor(regionBytes(memory, number) / 2 ** plane);
}

/** What the word at `place` refers to, allocated where it is 0; 0 where memory is used up. */
export function getOrAllocate(memory: Int32Array, place: number, words: number): number {
  const known = atomics.load(memory, place);
  if (known !== 0) return known;
  const made = allocate(memory, words);
  if (made === 0) {
    noteLimit(memory, 'memory');
    return 0;
  }
  const before = atomics.compareExchange(memory, place, 0, made);
  return before === 0 ? made : before;
}
