import { fieldsOf } from '../benchfmt/fields.js';
import { LineSplitter, longestLine } from '../benchfmt/lines.js';
import { Utf8Stream } from '../benchfmt/utf8-stream.js';
import { parseFloat64, parseInt64, parseUint64 } from '../unit/parse-number.js';

/** One benchmark of a run. A metric that its line does not have, or not as a number, is absent. */
export interface Measured {
  readonly name: string;
  /** Place among the benchmarks of its run, from 0. */
  readonly order: number;
  readonly nsPerOp?: number;
  readonly mbPerS?: number;
  readonly allocsPerOp?: bigint;
  readonly bytesPerOp?: bigint;
}

/** The benchmarks of a run by name, names in the order of the file; several of one name are repetitions. */
export type Run = ReadonlyMap<string, readonly Measured[]>;

/** What is wrong with a line. */
export interface RunProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

type Building = { -readonly [K in keyof Measured]: Measured[K] };

/**
 * Reads a run as benchcmp does, piece by piece: a line counts when its first word starts with `Benchmark` and its
 * second is a whole number; everything else is skipped. Looser than the benchmark format (blanks may stand before
 * the name) and stricter (B/op and allocs/op must be whole). What benchcmp skips without a word, though it was
 * surely meant to be a result, is a problem.
 */
export class RunReader {
  readonly #run = new Map<string, Building[]>();
  readonly #onProblem: (problem: RunProblem) => void;
  readonly #text = new Utf8Stream();
  readonly #lines: LineSplitter;
  #order = 0;

  constructor(onProblem: (problem: RunProblem) => void = () => {}) {
    this.#onProblem = onProblem;
    this.#lines = new LineSplitter(
      (bytes, start, end, line) => this.#read(decoder.decode(bytes.subarray(start, end)), line),
      (line) => onProblem({ line, message: `line of more than ${longestLine} bytes` }),
    );
  }

  /** Reads the next piece, which may end anywhere. */
  push(bytes: Uint8Array): void {
    this.#lines.push(this.#text.push(bytes));
  }

  /** What was read. */
  end(): Run {
    this.#lines.push(this.#text.end());
    this.#lines.end();
    return this.#run;
  }

  #read(text: string, line: number): void {
    if (!text.includes('Benchmark')) return;
    const fields = plain.test(text) ? text.trim().split(plainBlanks) : fieldsOf(text);
    const [name = '', iterations = ''] = fields;
    if (!name.startsWith('Benchmark')) return;
    const problem = (message: string): void => this.#onProblem({ line, message });
    if (!plainCount.test(iterations) && parseInt64(iterations) === undefined) {
      if (fields.length > 3) problem(`"${iterations}" is no number of iterations`);
      return;
    }
    this.#add(name, (measured) => {
      for (let i = 2; i < fields.length; i += 2)
        readMetric(measured, fields[i] ?? '', fields[i + 1], problem);
    });
  }

  #add(name: string, measure: (measured: Building) => void): void {
    const same = this.#run.get(name);
    const measured: Building = { name: same?.[0]?.name ?? name, order: this.#order++ };
    measure(measured);
    if (same === undefined) this.#run.set(name, [measured]);
    else same.push(measured);
  }
}

/** A run from its text. */
export function parseRun(text: string): Run {
  const reader = new RunReader();
  reader.push(new TextEncoder().encode(text));
  return reader.end();
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Nearly all lines: ASCII, blanks and tabs. */
const plain = /^[\t -~]*$/;
const plainBlanks = /[\t ]+/;
const plainCount = /^\d{1,18}$/;

function readMetric(
  measured: Building,
  value: string,
  unit: string | undefined,
  problem: (message: string) => void,
): void {
  const key = unit === undefined ? undefined : keys[unit];
  if (unit === undefined) problem(`"${value}" has no unit`);
  else if (key === 'allocsPerOp' || key === 'bytesPerOp') {
    const whole = parseUint64(value);
    if (whole === undefined) problem(`"${value} ${unit}" is left out: it is no whole number`);
    else measured[key] = whole;
  } else if (key !== undefined) {
    const number = parseFloat64(value);
    if (number === undefined) problem(`"${value} ${unit}" is left out: it is no number`);
    else measured[key] = number;
  }
}

type MetricKey = 'nsPerOp' | 'mbPerS' | 'allocsPerOp' | 'bytesPerOp';

const keys: Readonly<Record<string, MetricKey>> = {
  'ns/op': 'nsPerOp',
  'MB/s': 'mbPerS',
  'allocs/op': 'allocsPerOp',
  'B/op': 'bytesPerOp',
};
