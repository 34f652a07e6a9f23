import { type BenchLine, BenchReader, type BenchVisitor, type Problem } from '../benchfmt/reader.js';
import { changePoints } from '../stats/change-points.js';
import { medianInterval } from '../stats/median-interval.js';
import { median } from '../stats/quantile.js';
import { sampleOf } from '../stats/sample.js';
import { type Better, betterOf, changeVerdict } from './better.js';
import type { Verdict } from './verdict.js';

/** A run in a history: a file. */
export interface HistoryRun {
  /** What it is called: its commit, or its file. */
  readonly label: string;
  readonly file: string;
  /** Short name of the commit; undefined where the file has none. */
  readonly commit: string | undefined;
  /** When the commit was made, in ms since 1970; undefined where the file does not say. */
  readonly time: number | undefined;
}

/** What one run says of a benchmark. */
export interface HistoryPoint {
  /** Index of the run. */
  readonly run: number;
  /** Results in it, at least one. */
  readonly count: number;
  readonly median: number;
  /** A confidence interval of the median; the median itself where there are too few results for one. */
  readonly low: number;
  readonly high: number;
}

/** A run from which on a benchmark is at another level. */
export interface HistoryChange {
  /** Index of the run. */
  readonly run: number;
  /** Medians of the runs up to the change before, and up to the next one. */
  readonly before: number;
  readonly after: number;
  /** See `changePoints`. */
  readonly p: number | undefined;
  /** `same` where nobody knows which direction is better. */
  readonly verdict: Verdict;
}

/** One metric of one benchmark, from run to run. */
export interface HistorySeries {
  /** With `Benchmark`. */
  readonly name: string;
  /** Empty where the files name no package. */
  readonly pkg: string;
  /** In base units: `sec/op`. */
  readonly unit: string;
  /** In the order of the runs; those that do not have the benchmark are left out. */
  readonly points: readonly HistoryPoint[];
  readonly changes: readonly HistoryChange[];
}

/** How a history is judged. */
export interface HistoryOptions {
  readonly alpha: number;
  readonly confidence: number;
  /** Whether a benchmark is wanted. */
  readonly match: (name: string) => boolean;
}

/** A metric of a benchmark, and its values run by run. */
interface Gathered {
  readonly name: string;
  readonly pkg: string;
  readonly unit: string;
  /** By the file's label. */
  readonly byRun: Map<string, number[]>;
}

/** Gathers the results of runs; each file is a run. */
export class HistoryCollector implements BenchVisitor {
  readonly reader: BenchReader = new BenchReader(this);
  readonly #gathered = new Map<string, Gathered>();
  readonly #onProblem: (problem: Problem) => void;

  constructor(onProblem: (problem: Problem) => void) {
    this.#onProblem = onProblem;
  }

  problem(problem: Problem): void {
    this.#onProblem(problem);
  }

  result({ name, config, count, values, metrics }: BenchLine): void {
    const { file = '', settings = [] } = this.reader.configs[config] ?? {};
    const pkg = settings.find(([key]) => key === 'pkg')?.[1] ?? '';
    for (let i = 0; i < count; i++) {
      const value = values[i] ?? Number.NaN;
      const unit = this.reader.metrics[metrics[i] ?? -1]?.unit ?? '';
      // Iterations in no time at all and the like are no measurements.
      if (Number.isFinite(value))
        this.#add({ name: `Benchmark${this.reader.name(name)}`, pkg, unit }, file, value);
    }
  }

  #add(what: Omit<Gathered, 'byRun'>, file: string, value: number): void {
    const key = JSON.stringify([what.pkg, what.name, what.unit]);
    const known = this.#gathered.get(key) ?? { ...what, byRun: new Map<string, number[]>() };
    this.#gathered.set(key, known);
    const values = known.byRun.get(file);
    if (values === undefined) known.byRun.set(file, [value]);
    else values.push(value);
  }

  /**
   * What was gathered, in the order in which benchmarks and units appeared.
   *
   * @param files - the labels of the runs in their order
   */
  series(files: readonly string[], options: HistoryOptions): HistorySeries[] {
    const wanted = [...this.#gathered.values()].filter(({ name }) => options.match(name));
    return wanted.map(({ byRun, ...what }) => {
      const points = files.flatMap((file, run) => pointOf(byRun.get(file) ?? [], run, options));
      const better = betterOf(what.unit, this.reader.units);
      return { ...what, points, changes: changesOf(points, better, options) };
    });
  }
}

function pointOf(values: readonly number[], run: number, { confidence }: HistoryOptions): HistoryPoint[] {
  if (values.length === 0) return [];
  const sample = sampleOf(values);
  const center = median(sample);
  const { low, high } = medianInterval(sample.length, confidence);
  // Order statistics beyond the sample stand for infinity: so few values bound nothing.
  return [
    {
      run,
      count: sample.length,
      median: center,
      low: sample[low - 1] ?? center,
      high: sample[high - 1] ?? center,
    },
  ];
}

function changesOf(
  points: readonly HistoryPoint[],
  better: Better | undefined,
  { alpha }: HistoryOptions,
): HistoryChange[] {
  const medians = points.map((point) => point.median);
  const found = changePoints(medians, alpha);
  const level = (from: number, to: number | undefined): number => median(sampleOf(medians.slice(from, to)));
  return found.map(({ at, p }, i) => {
    const [before, after] = [level(found[i - 1]?.at ?? 0, at), level(at, found[i + 1]?.at)];
    return {
      run: points[at]?.run ?? 0,
      before,
      after,
      p,
      verdict: changeVerdict(before, after, better) ?? 'same',
    };
  });
}
