import { ByteTable } from '../benchfmt/byte-table.js';
import { isCount, parseDecimal } from '../benchfmt/decimal.js';
import { fieldsOf } from '../benchfmt/fields.js';
import { LineSplitter, longestLine } from '../benchfmt/lines.js';
import { blanksEnd, startsWith, wordEnd } from '../benchfmt/plain-words.js';
import { Utf8Stream } from '../benchfmt/utf8-stream.js';
import { parseFloat64, parseInt64, parseUint64 } from '../unit/parse-number.js';
import { type CmpUnit, cmpUnits, isWhole } from './cmp-unit.js';
import { Run } from './run.js';

/** What is wrong with a line. */
export interface RunProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/**
 * Reads a run as benchcmp does, piece by piece: a line counts when its first word starts with `Benchmark` and its
 * second is a whole number; everything else is skipped. Looser than the benchmark format (blanks may stand before
 * the name) and stricter (B/op and allocs/op must be whole). What benchcmp skips without a word, though it was
 * surely meant to be a result, is a problem.
 */
export class RunReader {
  readonly #run: Run;
  readonly #onProblem: (problem: RunProblem) => void;
  readonly #text = new Utf8Stream();
  readonly #lines: LineSplitter;
  /** The units of all lines. */
  readonly #units = new ByteTable();
  /** By the number of a unit: the metric; null for those that are not compared. */
  readonly #metrics: (CmpUnit | null)[] = [];

  /** @param names - those of the run that this one is compared with, if any */
  constructor(onProblem: (problem: RunProblem) => void = () => {}, names: ByteTable = new ByteTable()) {
    this.#run = new Run(names);
    this.#onProblem = onProblem;
    this.#lines = new LineSplitter(
      (bytes, start, end, line) => {
        if (this.#readPlain(bytes, start, end)) return;
        this.#run.drop();
        this.#read(decoder.decode(bytes.subarray(start, end)), line);
      },
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

  /**
   * Reads a line as nearly all are: a result of ASCII words and plain decimals, or none at all.
   *
   * @returns whether it is one; where not, nothing but metrics of the next result has been set
   */
  #readPlain(bytes: Uint8Array, start: number, end: number): boolean {
    const nameStart = blanksEnd(bytes, start, end);
    if (!startsWith(bytes, nameStart, benchmark)) {
      const first = bytes[nameStart] ?? 0;
      return nameStart === end || (first > 32 && first < 127);
    }
    const nameEnd = wordEnd(bytes, nameStart, end);
    const countStart = blanksEnd(bytes, nameEnd, end);
    const countEnd = wordEnd(bytes, countStart, end);
    if (nameEnd < 0 || countEnd < 0 || !isCount(bytes, countStart, countEnd)) return false;
    for (let at = blanksEnd(bytes, countEnd, end); at < end; ) {
      const numberEnd = wordEnd(bytes, at, end);
      const unitStart = blanksEnd(bytes, numberEnd, end);
      const unitEnd = wordEnd(bytes, unitStart, end);
      if (numberEnd < 0 || unitEnd < 0 || unitEnd === unitStart) return false;
      const metric = this.#metric(bytes, unitStart, unitEnd);
      if (metric !== null && !this.#setPlain(metric, bytes, [at, numberEnd])) return false;
      at = blanksEnd(bytes, unitEnd, end);
    }
    this.#run.add(this.#run.names.intern(bytes, nameStart, nameEnd));
    return true;
  }

  #metric(bytes: Uint8Array, start: number, end: number): CmpUnit | null {
    const id = this.#units.intern(bytes, start, end);
    if (id === this.#metrics.length) {
      const unit = this.#units.text(id);
      this.#metrics.push(cmpUnits.find((each) => each === unit) ?? null);
    }
    return this.#metrics[id] ?? null;
  }

  #setPlain(metric: CmpUnit, bytes: Uint8Array, [start, end]: readonly [number, number]): boolean {
    if (isWhole(metric) && !isCount(bytes, start, end)) return false;
    const value = parseDecimal(bytes, start, end);
    if (Number.isNaN(value)) return false;
    this.#run.set(metric, value);
    return true;
  }

  /** Reads a line word by word, whatever it is. */
  #read(text: string, line: number): void {
    if (!text.includes('Benchmark')) return;
    const [name = '', iterations = '', ...pairs] = fieldsOf(text);
    if (!name.startsWith('Benchmark')) return;
    const problem = (message: string): void => this.#onProblem({ line, message });
    if (parseInt64(iterations) === undefined) {
      if (pairs.length > 1) problem(`"${iterations}" is no number of iterations`);
      return;
    }
    for (let i = 0; i < pairs.length; i += 2) this.#readMetric(pairs[i] ?? '', pairs[i + 1], problem);
    this.#run.add(this.#run.names.internText(name));
  }

  #readMetric(value: string, unit: string | undefined, problem: (message: string) => void): void {
    const metric = cmpUnits.find((each) => each === unit);
    if (unit === undefined) problem(`"${value}" has no unit`);
    if (metric === undefined) return;
    const number = isWhole(metric) ? parseUint64(value) : parseFloat64(value);
    const what = isWhole(metric) ? 'no whole number' : 'no number';
    if (number === undefined) problem(`"${value} ${unit}" is left out: it is ${what}`);
    else this.#run.set(metric, number);
  }
}

/** Two runs that can be compared, from their texts. */
export function parseRuns(before: string, after: string): [Run, Run] {
  const names = new ByteTable();
  const parse = (text: string): Run => {
    const reader = new RunReader(() => {}, names);
    reader.push(new TextEncoder().encode(text));
    return reader.end();
  };
  return [parse(before), parse(after)];
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const benchmark = Buffer.from('Benchmark');
