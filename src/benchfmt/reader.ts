import { parseFloat64, parseInt64 } from '../unit/parse-number.js';
import { type AsciiText, ByteTable } from './byte-table.js';
import { type Config, ConfigState } from './config.js';
import { isCount, parseDecimal } from './decimal.js';
import { configOf, fieldsOf } from './fields.js';
import { grown } from './growable.js';
import { LineSplitter, longestLine } from './lines.js';
import { type Metric, MetricTable } from './metric.js';
import { blanksEnd, startsWith, wordEnd } from './plain-words.js';
import { UnitMetadata } from './unit-metadata.js';
import { Utf8Stream } from './utf8-stream.js';

/** A line that was meant to say something and does not. */
export interface Problem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** A result. One object is used for all of them: it holds until the visitor returns. */
export interface BenchLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Number of the name, which is without `Benchmark` and with `-N`; see `BenchReader.name`. */
  readonly name: number;
  /** Number of the file's configuration at this line; see `BenchReader.config`. */
  readonly config: number;
  /** How many values there are, at least one. */
  readonly count: number;
  /** The first `count` are the values, in base units. */
  readonly values: Float64Array;
  /** The first `count` are the numbers of their metrics; see `BenchReader.metric`. */
  readonly metrics: Int32Array;
}

/** Takes what a reader finds, in the order of the files. */
export interface BenchVisitor {
  result(line: BenchLine): void;
  problem(problem: Problem): void;
}

/** A file to read. */
export interface BenchFile {
  /** Its name in messages. */
  readonly file: string;
  /** Its name in results. */
  readonly label: string;
}

/**
 * Reads files of the Go benchmark format, one after another, each in pieces of bytes. The configuration starts
 * empty with each file; what is said about units holds for all. A line that is wrong is a problem, and reading goes on.
 *
 * Names, configurations and metrics are numbered from 0 in the order in which they appear, and nothing is made for
 * a line: a million of them fit into memory as their numbers.
 *
 * @see https://go.dev/design/14313-benchmark-format
 */
export class BenchReader {
  readonly units: UnitMetadata = new UnitMetadata();
  readonly #visitor: BenchVisitor;
  readonly #names = new ByteTable();
  readonly #configs = new ConfigState();
  readonly #metrics = new MetricTable();
  readonly #line = {
    ...{ file: '', line: 0, name: 0, config: 0, count: 0 },
    values: new Float64Array(64),
    metrics: new Int32Array(64),
  };
  #resultCount = 0;
  #splitter: LineSplitter | undefined;
  #text: Utf8Stream = new Utf8Stream();

  constructor(visitor: BenchVisitor) {
    this.#visitor = visitor;
  }

  /** The name with that number. */
  name(id: number): string {
    return this.#names.text(id);
  }

  /** The name with that number as its bytes, where it is ASCII; for as long as nothing is read. */
  asciiName(id: number): AsciiText | undefined {
    return this.#names.asciiText(id);
  }

  /** All configurations, by their numbers. */
  get configs(): readonly Config[] {
    return this.#configs.configs;
  }

  /** All metrics, by their numbers. */
  get metrics(): readonly Metric[] {
    return this.#metrics.metrics;
  }

  /** How many results there were so far. */
  get resultCount(): number {
    return this.#resultCount;
  }

  /** Begins a file; the one before is ended. */
  open({ file, label }: BenchFile): void {
    this.end();
    this.#line.file = file;
    this.#configs.open(label);
    this.#text = new Utf8Stream();
    this.#splitter = new LineSplitter(
      (bytes, start, end, line) => this.#read(bytes, [start, end], line),
      (line) => {
        this.#line.line = line;
        this.#problem(`line of more than ${longestLine} bytes`);
      },
    );
  }

  /** Reads the next piece of the file, which may end anywhere. */
  push(bytes: Uint8Array): void {
    this.#splitter?.push(this.#text.push(bytes));
  }

  /** Ends the file. */
  end(): void {
    this.#splitter?.push(this.#text.end());
    this.#splitter?.end();
    this.#splitter = undefined;
  }

  #read(bytes: Uint8Array, [start, end]: readonly [number, number], line: number): void {
    this.#line.line = line;
    const first = bytes[start] ?? 0;
    if (first === letterB && startsWith(bytes, start, benchmark)) {
      if (!this.#readPlain(bytes, start + benchmark.length, end)) this.#readWords(decode(bytes, start, end));
    } else if (first === letterU && startsWith(bytes, start, unit)) this.#readUnit(decode(bytes, start, end));
    else if (first >= lowerA) this.#readSetting(decode(bytes, start, end));
    else if (first === space || first === tab) this.#readIndented(decode(bytes, start, end));
  }

  /**
   * Reads a result as nearly all are: ASCII words, numbers in plain decimals.
   *
   * @returns whether it is one; where not, nothing has been done
   */
  #readPlain(bytes: Uint8Array, start: number, end: number): boolean {
    const nameEnd = wordEnd(bytes, start, end);
    const countStart = blanksEnd(bytes, nameEnd, end);
    const countEnd = wordEnd(bytes, countStart, end);
    if (nameEnd < 0 || countEnd < 0 || !isCount(bytes, countStart, countEnd)) return false;
    let count = 0;
    for (let at = blanksEnd(bytes, countEnd, end); at < end; ) {
      const numberEnd = wordEnd(bytes, at, end);
      const unitStart = blanksEnd(bytes, numberEnd, end);
      const unitEnd = wordEnd(bytes, unitStart, end);
      if (numberEnd < 0 || unitEnd < 0 || unitEnd === unitStart) return false;
      const value = parseDecimal(bytes, at, numberEnd);
      if (Number.isNaN(value)) return false;
      this.#set(count++, value, this.#metrics.unit(bytes, unitStart, unitEnd));
      at = blanksEnd(bytes, unitEnd, end);
    }
    if (count === 0) return false;
    this.#emit(this.#names.intern(bytes, start, nameEnd), count);
    return true;
  }

  /** Reads a result word by word, whatever it is. */
  #readWords(text: string): void {
    const [name = '', iterations, ...pairs] = fieldsOf(text);
    // `go test -v` announces a benchmark by a line with its name alone.
    if (iterations === undefined && name === text) return;
    const count = this.#setPairs(iterations, pairs);
    if (typeof count === 'string') this.#problem(count);
    else this.#emit(this.#names.internText(name.slice(benchmark.length)), count);
  }

  /** Sets the values of a result; gives their number, or what is wrong. */
  #setPairs(iterations: string | undefined, pairs: readonly string[]): number | string {
    if (iterations === undefined) return 'missing iteration count';
    if (parseInt64(iterations) === undefined) return `parsing iteration count: ${integerProblem(iterations)}`;
    if (pairs.length === 0) return 'missing measurements';
    for (let i = 0; i < pairs.length; i += 2) {
      const [number = '', unit] = pairs.slice(i, i + 2);
      const value = parseFloat64(number);
      if (value === undefined) return `parsing measurement: ${floatProblem(number)}`;
      if (unit === undefined) return 'missing units';
      this.#set(i / 2, value, this.#metrics.unitOf(unit));
    }
    return pairs.length / 2;
  }

  #set(i: number, value: number, unit: number): void {
    this.#line.values = grown(this.#line.values, i + 1);
    this.#line.metrics = grown(this.#line.metrics, i + 1);
    this.#line.values[i] = this.#metrics.value(value, unit);
    this.#line.metrics[i] = this.#metrics.metric(value, unit);
  }

  #emit(name: number, count: number): void {
    this.#line.name = name;
    this.#line.config = this.#configs.current();
    this.#line.count = count;
    this.#resultCount++;
    this.#visitor.result(this.#line);
  }

  #readUnit(text: string): void {
    const [word, ...words] = fieldsOf(text);
    if (word === 'Unit') for (const message of this.units.read(words)) this.#problem(message);
  }

  #readSetting(text: string): void {
    const setting = configOf(text);
    if (setting !== undefined) this.#configs.set(setting.key, setting.value);
  }

  /** An indented line says nothing; one that would be a result otherwise was surely meant to be one. */
  #readIndented(text: string): void {
    const [name = '', iterations, ...pairs] = fieldsOf(text);
    if (!name.startsWith('Benchmark') || pairs.length === 0) return;
    if (typeof this.#setPairs(iterations, pairs) === 'number')
      this.#problem('a result has to begin at the start of its line');
  }

  #problem(message: string): void {
    this.#visitor.problem({ file: this.#line.file, line: this.#line.line, message });
  }
}

const benchmark = Buffer.from('Benchmark');
const unit = Buffer.from('Unit');
const [letterB, letterU, lowerA, space, tab] = [66, 85, 97, 32, 9];

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

function integerProblem(text: string): string {
  return /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
}

function floatProblem(text: string): string {
  return Number.isNaN(Number(text)) ? 'invalid syntax' : 'value out of range';
}
