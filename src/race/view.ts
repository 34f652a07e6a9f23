import { types } from 'node:util';
import { cellWords } from './cell.js';
import { header, region, regionAt } from './layout.js';
import { makeRegion, type Plane, planeBase, regionBytes, sizesAt } from './region.js';

const { isBigInt64Array, isBigUint64Array, isTypedArray } = types;

/**
 * Under what views over shared memory carry their marks. A symbol: whether a typed array has a property of a certain name is more than the compiler of
 * Node 20 can tell.
 */
export const markKey: unique symbol = Symbol('prof');

/** What a view over shared memory carries as its property `markKey`. */
export interface ViewMark {
  /** 0 where the buffer is not watched. */
  readonly region: number;
  readonly plane: Plane;
  /** Offset of the view's first element in its buffer, in elements. */
  readonly first: number;
  /** Index of the cell of the view's first element; 0 where cells are looked up one by one. */
  readonly base: number;
  /** Elements whose cells follow each other from `base`; 0 where none are known to. */
  readonly length: number;
  /** The name of its class, such as `Int32Array`. */
  readonly name: string;
  /** Whether its elements are numbers. */
  readonly isNumeric: boolean;
  /** What Atomics take as its elements; undefined where they do not work on it. */
  readonly operand: 'number' | 'bigint' | undefined;
  /** Index of the word that says in which sizes the buffer is accessed, a bit for each plane. */
  readonly sizes: number;
}

/** A view that has a mark. */
export type MarkedView = ArrayBufferView & { readonly [markKey]: ViewMark; readonly length?: number };

/** Growable buffers, which the types of Node 20 do not know. */
type AnyShared = SharedArrayBuffer & { readonly maxByteLength?: number; readonly growable?: boolean };

/** The shared buffers of this thread and the marks on views over them. */
export class Views {
  readonly #memory: Int32Array;
  readonly #thread: number;
  readonly #regions = new WeakMap<SharedArrayBuffer, number>();

  /** @param thread - number of this thread */
  constructor(memory: Int32Array, thread: number) {
    this.#memory = memory;
    this.#thread = thread;
  }

  /** The region of a buffer, made where it has none. */
  regionOf(buffer: SharedArrayBuffer): number {
    const known = this.#regions.get(buffer);
    if (known !== undefined) return known;
    const { growable, maxByteLength } = buffer as AnyShared;
    const number = makeRegion(this.#memory, (growable ? maxByteLength : undefined) ?? buffer.byteLength);
    this.#memory[regionAt(number) + region.thread] = this.#thread;
    this.#regions.set(buffer, number);
    return number;
  }

  /** A buffer that is not to be watched. */
  ignore(buffer: SharedArrayBuffer): void {
    this.#regions.set(buffer, 0);
  }

  /** A buffer that another thread has given its region. */
  adopt(buffer: SharedArrayBuffer, number: number): void {
    if (!this.#regions.has(buffer)) this.#regions.set(buffer, number);
  }

  /** Whether any thread has shared memory. */
  hasAny(): boolean {
    return this.#memory[header.regions]! > 0;
  }

  /** Notes where a buffer was made, and what it is called. */
  describe(buffer: SharedArrayBuffer, about: { readonly allocated?: number; readonly name?: number }): void {
    const at = regionAt(this.regionOf(buffer));
    if (about.allocated !== undefined) this.#memory[at + region.allocated] = about.allocated;
    if (about.name !== undefined) this.#memory[at + region.name] = about.name;
  }

  /** Marks a view over shared memory; nothing for others. */
  mark(view: ArrayBufferView): void {
    const { buffer } = view;
    if (!isShared(buffer) || Object.hasOwn(view, markKey) || !Object.isExtensible(view)) return;
    const value = this.#markOf(view, buffer);
    Object.defineProperty(view, markKey, { value });
  }

  #markOf(view: ArrayBufferView, buffer: SharedArrayBuffer): ViewMark {
    const number = this.regionOf(buffer);
    const size = elementSize(view);
    const plane = Math.log2(size) as Plane; // sizes are 1, 2, 4, 8
    const first = view.byteOffset / size;
    const name = Object.prototype.toString.call(view).slice('[object '.length, -1);
    const isFixed = (buffer as AnyShared).growable !== true && 'length' in view && number !== 0;
    const base =
      isFixed && regionBytes(this.#memory, number) > 0 ? planeBase(this.#memory, number, plane) : 0;
    const length = base === 0 ? 0 : view.byteLength / size;
    return {
      region: number,
      plane,
      first,
      base: base + first * cellWords,
      length,
      name,
      isNumeric: isNumeric(view),
      operand: operandOf(name),
      sizes: sizesAt(number),
    };
  }
}

/** The type of an operand of Atomics on a view of a class. */
function operandOf(name: string): ViewMark['operand'] {
  if (!/^(Big)?(Int|Uint)\d+Array$/.test(name)) return undefined;
  return name.startsWith('Big') ? 'bigint' : 'number';
}

function elementSize(view: ArrayBufferView): number {
  return 'BYTES_PER_ELEMENT' in view ? Number(view.BYTES_PER_ELEMENT) : 1;
}

/** Whether a value is a typed array of numbers, not of BigInts. */
export function isNumeric(value: unknown): boolean {
  return isTypedArray(value) && !isBigInt64Array(value) && !isBigUint64Array(value);
}

/** Whether a buffer is shared; whatever class it was made by. */
export function isShared(buffer: unknown): buffer is SharedArrayBuffer {
  return buffer instanceof SharedArrayBuffer;
}
