import type { ByteTable } from '../benchfmt/byte-table.js';
import { grown } from '../benchfmt/growable.js';
import { type CmpUnit, cmpUnits } from './cmp-unit.js';
import { numbersTo } from './counting-sort.js';

/** A value of one metric. */
export interface Quantity {
  /** The nearest floating-point number; all arithmetic is done with it. */
  readonly value: number;
  /** The value exactly, where it is a whole number too large for a floating-point one. */
  readonly large: bigint | undefined;
}

/** The results of a run in the order of its file, in columns: of a million of them objects would fill the memory. */
export class Run {
  /** Names by number, shared by all runs that are compared with each other. */
  readonly names: ByteTable;
  #size = 0;
  #nameIds = new Int32Array(64);
  /** Which metrics each result has: a bit for each of `cmpUnits`. */
  #measured = new Uint8Array(64);
  readonly #values: Float64Array[] = cmpUnits.map(() => new Float64Array());
  readonly #large = new Map<string, bigint>();

  constructor(names: ByteTable) {
    this.names = names;
  }

  /** How many results there are. */
  get size(): number {
    return this.#size;
  }

  /** The number of a result's name. */
  nameId(result: number): number {
    return this.#nameIds[result] ?? 0;
  }

  /** A metric of a result; undefined where it was not measured. */
  value(result: number, unit: CmpUnit): number | undefined {
    const i = cmpUnits.indexOf(unit);
    return (this.#measured[result] ?? 0) & (1 << i) ? this.#values[i]?.[result] : undefined;
  }

  /** A metric of a result that has it, exactly. */
  quantity(result: number, unit: CmpUnit): Quantity {
    const large = this.#large.size === 0 ? undefined : this.#large.get(`${unit} ${result}`);
    return { value: this.value(result, unit) ?? Number.NaN, large };
  }

  /** How often each name is there, by its number. */
  counts(): Uint32Array {
    const counts = new Uint32Array(this.names.size);
    for (let i = 0; i < this.#size; i++) counts[this.nameId(i)] = (counts[this.nameId(i)] ?? 0) + 1;
    return counts;
  }

  /** The first result of each name, in the order of the file. */
  *firsts(): Generator<number> {
    const isSeen = new Uint8Array(this.names.size);
    for (let i = 0; i < this.#size; i++) {
      if (isSeen[this.nameId(i)] === 0) yield i;
      isSeen[this.nameId(i)] = 1;
    }
  }

  /** Sets a metric of the result that `add` will add next. */
  set(unit: CmpUnit, value: number | bigint): void {
    const i = cmpUnits.indexOf(unit);
    const column = grown(this.#values[i] ?? new Float64Array(), this.#size + 1);
    this.#values[i] = column;
    column[this.#size] = Number(value);
    this.#measured = grown(this.#measured, this.#size + 1);
    this.#measured[this.#size] = (this.#measured[this.#size] ?? 0) | (1 << i);
    if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value)))
      this.#large.set(`${unit} ${this.#size}`, value);
    else if (this.#large.size > 0) this.#large.delete(`${unit} ${this.#size}`);
  }

  /** Adds a result with all that was set since the one before. */
  add(name: number): void {
    this.#nameIds = grown(this.#nameIds, this.#size + 1);
    this.#measured = grown(this.#measured, this.#size + 1);
    this.#nameIds[this.#size++] = name;
  }

  /** Forgets what was set since the last result. */
  drop(): void {
    if (this.#size < this.#measured.length) this.#measured[this.#size] = 0;
  }
}

/** Results by the numbers of their names, each name's in the order of the list. */
export class ByName {
  /** Where each name's results begin, and the end of the last. */
  readonly #starts: Uint32Array;
  readonly #results: Uint32Array;

  constructor(run: Run, results: Uint32Array) {
    this.#starts = new Uint32Array(run.names.size + 1);
    for (const result of results) {
      const next = run.nameId(result) + 1;
      this.#starts[next] = (this.#starts[next] ?? 0) + 1;
    }
    for (let i = 1; i < this.#starts.length; i++)
      this.#starts[i] = (this.#starts[i] ?? 0) + (this.#starts[i - 1] ?? 0);
    this.#results = new Uint32Array(results.length);
    const next = this.#starts.slice();
    for (const result of results) {
      const place = next[run.nameId(result)] ?? 0;
      this.#results[place] = result;
      next[run.nameId(result)] = place + 1;
    }
  }

  /** How many results a name has. */
  count(name: number): number {
    return (this.#starts[name + 1] ?? 0) - (this.#starts[name] ?? 0);
  }

  /** The i-th result of a name. */
  at(name: number, i: number): number {
    return this.#results[(this.#starts[name] ?? 0) + i] ?? 0;
  }

  /** The results of a name. */
  of(name: number): Uint32Array {
    return this.#results.subarray(this.#starts[name], this.#starts[name + 1]);
  }
}

/** All results of a run. */
export function allResults({ size }: Run): Uint32Array {
  return numbersTo(size);
}
