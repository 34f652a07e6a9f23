import { parseFloat64, parseInt64 } from '../unit/parse-number.js';
import { tidyUnit } from '../unit/tidy.js';
import { configOf, fieldsOf, linesOf } from './fields.js';

/** Where a record stands. */
export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A value in base units. */
export interface Measurement {
  readonly value: number;
  readonly unit: string;
  /** As the file has it, where that differs. */
  readonly original?: { readonly value: number; readonly unit: string };
}

/** A line of a benchmark file that says something; all other lines are skipped. */
export type BenchRecord = Place &
  (
    | {
        readonly kind: 'config';
        readonly key: string /** Empty where the key is unset. */;
        readonly value: string;
      }
    | {
        readonly kind: 'result';
        /** Without `Benchmark`, with `-N`. */
        readonly name: string;
        readonly iterations: bigint;
        /** At least one. */
        readonly measurements: readonly Measurement[];
        /** The file's configuration at this line. */
        readonly config: ReadonlyMap<string, string>;
      }
    | { readonly kind: 'unit'; readonly unit: string; readonly key: string; readonly value: string }
    | { readonly kind: 'syntaxError'; readonly message: string }
  );

/**
 * Reads files of the Go benchmark format, one after another. The configuration starts empty with each
 * file; what is said about units holds for all.
 *
 * @see https://go.dev/design/14313-benchmark-format
 */
export class BenchReader {
  readonly #units = new Map<string, string>();

  /** What was said about a unit: `unitMetadata('ns/op', 'better')`. Undefined where nothing was. */
  unitMetadata(unit: string, key: string): string | undefined {
    return this.#units.get(unitKey(tidyUnit(unit).unit, key));
  }

  /**
   * The records of a text, in order. A line that is wrong gives a `syntaxError`, and reading goes on.
   *
   * @param file - its name for places
   */
  *read(text: string, file: string): Generator<BenchRecord> {
    let config: ReadonlyMap<string, string> = new Map();
    for (const [i, line] of linesOf(text).entries()) {
      const place = { file, line: i + 1 };
      const setting = configOf(line);
      if (line.startsWith('Benchmark')) yield* readResult(fieldsOf(line), place, config);
      else if (line.startsWith('Unit') && fieldsOf(line)[0] === 'Unit')
        yield* this.#readUnit(fieldsOf(line), place);
      else if (setting !== undefined) {
        config = withSetting(config, setting);
        yield { kind: 'config', ...setting, ...place };
      }
    }
  }

  *#readUnit([, unit, ...pairs]: readonly string[], place: Place): Generator<BenchRecord> {
    if (unit === undefined) yield syntaxError(place, 'missing unit');
    else for (const pair of pairs) yield* this.#readPair(unit, pair, place);
  }

  *#readPair(unit: string, pair: string, place: Place): Generator<BenchRecord> {
    const [, key, value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined) return yield syntaxError(place, 'expected key=value');
    const tidy = tidyUnit(unit).unit;
    const known = this.#units.get(unitKey(tidy, key));
    if (known === value) return;
    if (known !== undefined) {
      return yield syntaxError(place, `metadata ${key} of unit ${unit} already set to ${known}`);
    }
    this.#units.set(unitKey(tidy, key), value);
    yield { kind: 'unit', unit: tidy, key, value, ...place };
  }
}

function unitKey(unit: string, key: string): string {
  return `${unit}\n${key}`;
}

function withSetting(
  config: ReadonlyMap<string, string>,
  { key, value }: { readonly key: string; readonly value: string },
): ReadonlyMap<string, string> {
  const changed = new Map(config);
  if (value === '') changed.delete(key);
  else changed.set(key, value);
  return changed;
}

function* readResult(
  [name = '', count, ...pairs]: readonly string[],
  place: Place,
  config: ReadonlyMap<string, string>,
): Generator<BenchRecord> {
  if (count === undefined) return; // `go test -v` announces a benchmark by a line with its name alone
  const iterations = parseInt64(count);
  if (iterations === undefined) {
    return yield syntaxError(place, `parsing iteration count: ${integerProblem(count)}`);
  }
  if (pairs.length === 0) return yield syntaxError(place, 'missing measurements');
  const measurements: Measurement[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const [number = '', unit] = pairs.slice(i, i + 2);
    const value = parseFloat64(number);
    if (value === undefined) return yield syntaxError(place, `parsing measurement: ${floatProblem(number)}`);
    if (unit === undefined) return yield syntaxError(place, 'missing units');
    measurements.push(tidied(value, unit));
  }
  const base = { kind: 'result', name: name.slice('Benchmark'.length), iterations } as const;
  yield { ...base, measurements, config, ...place };
}

/** Note: as in Go, a value that the factor leaves as it is (0, Inf) keeps its unit: `0 ns/op` is no `sec/op`. */
function tidied(value: number, unit: string): Measurement {
  const tidy = tidyUnit(unit);
  const scaled = value * tidy.factor;
  return scaled === value ? { value, unit } : { value: scaled, unit: tidy.unit, original: { value, unit } };
}

function syntaxError(place: Place, message: string): BenchRecord {
  return { kind: 'syntaxError', message, ...place };
}

function integerProblem(text: string): string {
  return /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
}

function floatProblem(text: string): string {
  return Number.isNaN(Number(text)) ? 'invalid syntax' : 'value out of range';
}
