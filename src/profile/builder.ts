import { Uint32List } from './list.js';
import type { Labels, Locations, Mapping, Profile, Samples, ValueType } from './profile.js';
import { StringTable } from './strings.js';
import { ValueColumnBuilder } from './value-columns.js';

/** A function on a stack and the line that it is executing. */
export interface Frame {
  readonly name: string;
  /** Path of the source file; empty when unknown. */
  readonly file: string;
  /** 1-based line of the function's definition; 0 when unknown. */
  readonly startLine: number;
  /** 1-based line being executed; 0 when unknown. */
  readonly line: number;
  /** 1-based column of the definition; tells functions on one line apart. */
  readonly startColumn?: number;
  /** Path of the binary that the function is in; absent for the profile's own script. */
  readonly binary?: string;
}

/** What a profile says of itself. */
export interface ProfileBuilderOptions {
  readonly sampleTypes: readonly ValueType[];
  readonly defaultSampleType?: string;
  readonly periodType?: ValueType;
  /** Events between two samples, in the unit of `periodType`. */
  readonly period?: number;
  /** Since 1970. */
  readonly timeNanos?: bigint;
  readonly durationNanos?: number;
  readonly comments?: readonly string[];
  /** Path of the script; viewers show it as the profile's file. */
  readonly mappingFile?: string;
}

/**
 * Makes a profile that every viewer reads well: one mapping that all locations refer to, one
 * function per name, file and place of definition, one line per location, ids from 1.
 *
 * @see docs/formats.md
 */
export class ProfileBuilder {
  readonly #options: ProfileBuilderOptions;
  readonly #strings = new StringTable();
  readonly #funcs = new FuncTable();
  readonly #locations = new LocationTable();
  readonly #binaries: BinaryTable;
  readonly #samples = new Map<string, number>();
  readonly #start = new Uint32List();
  readonly #stack = new Uint32List();
  readonly #values: readonly ValueColumnBuilder[];
  readonly #labelStart = new Uint32List();
  readonly #labelKey = new Uint32List();
  readonly #labelText = new Uint32List();

  constructor(options: ProfileBuilderOptions) {
    this.#options = options;
    this.#binaries = new BinaryTable(options.mappingFile ?? '');
    this.#values = options.sampleTypes.map(() => new ValueColumnBuilder(16));
    this.#start.push(0);
    this.#labelStart.push(0);
  }

  /**
   * Adds a sample. One with the same stack and labels as an earlier one is added to that.
   *
   * @param stack - leaf first
   * @param values - one whole number per sample type, in that order
   */
  addSample(
    stack: readonly Frame[],
    values: readonly number[],
    labels: Readonly<Record<string, string>> = {},
  ): void {
    const locations = stack.map((frame) => this.locationOf(frame));
    this.addStack(locations, values, labels);
  }

  /**
   * Adds a sample whose frames are known by number; for stacks that share most of their frames.
   *
   * @param locations - as `locationOf` gives them, leaf first
   */
  addStack(
    locations: readonly number[] | Uint32Array,
    values: readonly number[],
    labels: Readonly<Record<string, string>> = {},
  ): void {
    checkValues(values, this.#values.length);
    // An empty label cannot be told from none in the file.
    const pairs = Object.keys(labels)
      .filter((key) => labels[key] !== '')
      .sort()
      .map((key) => [this.#strings.getOrInsert(key), this.#strings.getOrInsert(labels[key] ?? '')] as const);
    const key = `${locations.join()};${pairs.join()}`;
    const known = this.#samples.get(key);
    if (known !== undefined) {
      for (const [i, column] of this.#values.entries()) column.add(known, BigInt(values[i] ?? 0));
      return;
    }
    const index = this.#samples.size;
    this.#samples.set(key, index);
    for (const location of locations) this.#stack.push(location);
    this.#start.push(this.#stack.length);
    for (const [i, column] of this.#values.entries()) column.set(index, values[i] ?? 0);
    for (const [label, text] of pairs) {
      this.#labelKey.push(label);
      this.#labelText.push(text);
    }
    this.#labelStart.push(this.#labelKey.length);
  }

  /** The profile of the samples so far, in the order in which they first came. */
  build(): Profile {
    const options = this.#options;
    return {
      sampleTypes: options.sampleTypes,
      defaultSampleType: options.defaultSampleType ?? '',
      samples: this.#buildSamples(),
      locations: this.#locations.build(),
      funcs: this.#funcs.build(),
      mappings: this.#binaries.build(),
      strings: this.#strings,
      comments: options.comments ?? [],
      docUrl: '',
      dropFrames: '',
      keepFrames: '',
      timeNanos: options.timeNanos ?? 0n,
      durationNanos: BigInt(Math.round(options.durationNanos ?? 0)),
      periodType: options.periodType ?? { type: '', unit: '' },
      period: BigInt(Math.round(options.period ?? 0)),
    };
  }

  /** The number of a frame, for `addStack`. */
  locationOf(frame: Frame): number {
    const func = this.#funcs.indexOf(frame, this.#strings);
    return this.#locations.indexOf(func, { line: frame.line, mapping: this.#binaries.indexOf(frame.binary) });
  }

  #buildSamples(): Samples {
    const count = this.#samples.size;
    const labels: Labels = {
      start: this.#labelStart.toArray().slice(),
      key: this.#labelKey.toArray().slice(),
      text: this.#labelText.toArray().slice(),
      number: new BigInt64Array(this.#labelKey.length),
      unit: new Uint32Array(this.#labelKey.length),
    };
    const values = this.#values.map((column) => column.build(count).slice());
    const [start, stack] = [this.#start.toArray().slice(), this.#stack.toArray().slice()];
    return { count, start, stack, values, labels };
  }
}

function checkValues(values: readonly number[], count: number): void {
  if (values.length !== count) throw new TypeError(`${values.length} values for ${count} sample types`);
  const odd = values.find((value) => !Number.isSafeInteger(value));
  if (odd !== undefined) throw new RangeError(`the sample value ${odd} is not a whole number below 2^53`);
}

class FuncTable {
  readonly #indices = new Map<string, number>();
  readonly #name = new Uint32List();
  readonly #file = new Uint32List();
  readonly #startLine: number[] = [];

  indexOf({ name, file, startLine, startColumn }: Frame, strings: StringTable): number {
    const key = `${startLine}:${startColumn ?? 0}:${name}\0${file}`;
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.#startLine.length);
    this.#name.push(strings.getOrInsert(name));
    this.#file.push(strings.getOrInsert(file));
    return this.#startLine.push(startLine) - 1;
  }

  build(): Profile['funcs'] {
    const name = this.#name.toArray().slice();
    const file = this.#file.toArray().slice();
    const startLine = Float64Array.from(this.#startLine);
    return { count: name.length, id: idsFrom1(name.length), name, systemName: name, file, startLine };
  }
}

class LocationTable {
  readonly #indices = new Map<string, number>();
  readonly #func = new Uint32List();
  readonly #mapping = new Uint32List();
  readonly #line: number[] = [];

  indexOf(func: number, { line, mapping }: { line: number; mapping: number }): number {
    const key = `${func}:${line}:${mapping}`;
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.#line.length);
    this.#func.push(func);
    this.#mapping.push(mapping);
    return this.#line.push(line) - 1;
  }

  build(): Locations {
    const count = this.#line.length;
    return {
      count,
      id: idsFrom1(count),
      address: new BigUint64Array(count),
      mapping: Int32Array.from(this.#mapping.toArray()),
      isFolded: new Uint8Array(count),
      lineStart: Uint32Array.from({ length: count + 1 }, (_, i) => i),
      lineFunc: this.#func.toArray().slice(),
      lineNumber: Float64Array.from(this.#line),
      lineColumn: new Float64Array(count),
    };
  }
}

function idsFrom1(count: number): BigUint64Array {
  return BigUint64Array.from({ length: count }, (_, i) => BigInt(i + 1));
}

/** The script that is the profile's own, and binaries that frames name; all frames have names, files and lines. */
class BinaryTable {
  readonly #indices = new Map<string, number>();

  constructor(script: string) {
    this.#indices.set(script, 0);
  }

  indexOf(file: string | undefined): number {
    if (file === undefined) return 0;
    const known = this.#indices.get(file);
    if (known !== undefined) return known;
    this.#indices.set(file, this.#indices.size);
    return this.#indices.size - 1;
  }

  build(): Mapping[] {
    const has = { hasFunctions: true, hasFilenames: true, hasLineNumbers: true, hasInlineFrames: false };
    const place = { start: 0n, limit: 0n, offset: 0n, buildId: '' };
    return [...this.#indices.keys()].map((file, i) => ({ id: BigInt(i + 1), file, ...place, ...has }));
  }
}
