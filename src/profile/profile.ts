import type { StringTable } from './strings.js';

/** What a value of a sample counts, and in which unit: `cpu` in `nanoseconds`. */
export interface ValueType {
  readonly type: string;
  readonly unit: string;
}

/**
 * The values of one sample type, one per sample, exact. Float64 where the magnitudes of the whole
 * column add up to a safe integer (so that no sum can round), else int64.
 */
export type ValueColumn = Float64Array | BigInt64Array;

/**
 * Labels of all samples. Those of sample i stand at `start[i]` to `start[i + 1]` (exclusive), in
 * file order. A label with `text` > 0 is a text, any other a number.
 */
export interface Labels {
  readonly start: Uint32Array;
  /** Strings. */
  readonly key: Uint32Array;
  /** Strings; 0 for a numeric label. */
  readonly text: Uint32Array;
  readonly number: BigInt64Array;
  /** Strings; 0 for a label without a unit. */
  readonly unit: Uint32Array;
}

/** The samples, in file order. */
export interface Samples {
  readonly count: number;
  /** The stack of sample i stands at `start[i]` to `start[i + 1]` (exclusive) of `stack`. */
  readonly start: Uint32Array;
  /** Locations by index, leaf first. */
  readonly stack: Uint32Array;
  /** One column per sample type, in that order. */
  readonly values: readonly ValueColumn[];
  readonly labels: Labels;
}

/** Places in the program. A location has several lines where functions were inlined, innermost first. */
export interface Locations {
  readonly count: number;
  /** As in the file; never 0, never twice the same. */
  readonly id: BigUint64Array;
  readonly address: BigUint64Array;
  /** Mappings by index; -1 for none. */
  readonly mapping: Int32Array;
  /** 1 where several locations share the address and only one is known. */
  readonly isFolded: Uint8Array;
  /** The lines of location i stand at `lineStart[i]` to `lineStart[i + 1]` (exclusive). */
  readonly lineStart: Uint32Array;
  /** Functions by index. */
  readonly lineFunc: Uint32Array;
  /** 1-based; 0 when unknown. Safe integers, any sign. */
  readonly lineNumber: Float64Array;
  /** 1-based; 0 when unknown. Safe integers, any sign. */
  readonly lineColumn: Float64Array;
}

/** Functions. */
export interface Funcs {
  readonly count: number;
  /** As in the file; never 0, never twice the same. */
  readonly id: BigUint64Array;
  /** Strings. */
  readonly name: Uint32Array;
  /** Strings; the name that the linker knows. */
  readonly systemName: Uint32Array;
  /** Strings. */
  readonly file: Uint32Array;
  /** 1-based line of the definition; 0 when unknown. Safe integers, any sign. */
  readonly startLine: Float64Array;
}

/** A binary or script in memory. */
export interface Mapping {
  /** As in the file; never 0, never twice the same. */
  readonly id: bigint;
  readonly start: bigint;
  readonly limit: bigint;
  readonly offset: bigint;
  readonly file: string;
  readonly buildId: string;
  readonly hasFunctions: boolean;
  readonly hasFilenames: boolean;
  readonly hasLineNumbers: boolean;
  readonly hasInlineFrames: boolean;
}

/**
 * A profile in columns: typed arrays that refer to one another by index, texts by their index in
 * `strings`. Nothing of it ever changes, except that strings may be added.
 */
export interface Profile {
  readonly sampleTypes: readonly ValueType[];
  /** The type to show unless another is asked for; empty where the file names none. */
  readonly defaultSampleType: string;
  readonly samples: Samples;
  readonly locations: Locations;
  readonly funcs: Funcs;
  /** The first is the main binary or script. */
  readonly mappings: readonly Mapping[];
  readonly strings: StringTable;
  readonly comments: readonly string[];
  readonly docUrl: string;
  /** Regular expressions of frames to leave out, and of frames to keep all the same; empty for none. */
  readonly dropFrames: string;
  readonly keepFrames: string;
  /** Since 1970; 0 when unknown. */
  readonly timeNanos: bigint;
  /** 0 when unknown. */
  readonly durationNanos: bigint;
  readonly periodType: ValueType;
  /** Events between two samples, in the unit of `periodType`. */
  readonly period: bigint;
}
