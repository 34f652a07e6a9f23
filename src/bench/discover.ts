import { basename } from 'node:path';
import type { BenchmarkFunction } from './b.js';
import type { Found } from './job.js';
import { rewriteName, UniqueNames } from './names.js';

/** A task of a tinybench `Bench`, of whatever copy of the package. */
export interface TinybenchTask {
  readonly name: string;
  readonly runs: number;
  readonly result: unknown;
  run(): Promise<unknown>;
  reset(): void;
}

/** A tinybench `Bench`, of whatever copy of the package. */
export interface TinybenchBench {
  readonly tasks: readonly TinybenchTask[];
  add(name: string, fn: () => unknown): unknown;
  time: number;
  iterations: number;
}

/** A `(req, res)` handler. */
export type Handler = (request: unknown, response: unknown) => unknown;

/** A module's benchmarks by name, in the order in which they are run. */
export type Benchmarks = ReadonlyMap<string, Benchmark>;

/** One benchmark of a module. */
export type Benchmark =
  | { readonly kind: 'function'; readonly fn: BenchmarkFunction }
  | { readonly kind: 'task'; readonly bench: TinybenchBench; readonly task: TinybenchTask }
  | { readonly kind: 'handler'; readonly handler: Handler };

/**
 * The benchmarks of a module: exported functions called `BenchmarkXxx`, else the tasks of a
 * default-exported `Bench`, else its one `(req, res)` handler. A CommonJS module's exports count
 * as well.
 *
 * @param exports - the module's namespace
 * @param file - its path, for the name of a nameless handler
 * @param text - its text: a namespace lists its exports by name, benchmarks run in the file's order
 * @returns empty where there is none
 */
export function benchmarksOf(
  exports: Readonly<Record<string, unknown>>,
  file: string,
  text: string,
): Benchmarks {
  const all = { ...commonJsExports(exports), ...exports };
  const functions = Object.entries(all).filter(
    ([name, value]) => isBenchmarkName(name) && typeof value === 'function',
  );
  if (functions.length > 0) {
    functions.sort(([a], [b]) => placeOf(a, text) - placeOf(b, text));
    return new Map(functions.map(([name, fn]) => [name, { kind: 'function', fn: fn as BenchmarkFunction }])); // checked above
  }
  const bench = all['default'];
  if (isTinybench(bench)) return tasksOf(bench);
  return handlerOf(all, file);
}

/** Where a name first stands in a text, as a whole word; behind everything where it does not. */
function placeOf(name: string, text: string): number {
  const escaped = name.replaceAll('$', '\\$');
  const place = text.search(new RegExp(`(?<![\\p{ID_Continue}$])${escaped}(?![\\p{ID_Continue}$])`, 'u'));
  return place < 0 ? text.length : place;
}

/** What a module offers, without the functions themselves. */
export function describe(benchmarks: Benchmarks): readonly Found[] {
  return [...benchmarks].map(([name, { kind }]) => ({ name, kind }));
}

/** `Benchmark` alone, or followed by anything that is no lower-case letter, as Go has it. */
function isBenchmarkName(name: string): boolean {
  return /^Benchmark(?!\p{Ll})/u.test(name);
}

function commonJsExports(exports: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const value = exports['default'];
  return typeof value === 'object' && value !== null && !isTinybench(value) ? { ...value } : {};
}

function isTinybench(value: unknown): value is TinybenchBench {
  return (
    typeof value === 'object' &&
    value !== null &&
    'tasks' in value &&
    Array.isArray(value.tasks) &&
    'run' in value &&
    typeof value.run === 'function'
  );
}

function tasksOf(bench: TinybenchBench): Benchmarks {
  const names = new UniqueNames();
  return new Map(bench.tasks.map((task) => [names.next(taskName(task.name)), { kind: 'task', bench, task }]));
}

/** `parse json` → `BenchmarkParse_json`. */
function taskName(name: string): string {
  const words = rewriteName(
    name
      .replace(/^Benchmark/, '')
      .trim()
      .replace(/\s+/g, ' '),
  );
  return `Benchmark${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function handlerOf(all: Readonly<Record<string, unknown>>, file: string): Benchmarks {
  const functions = Object.entries(all).filter(
    ([, value]) => typeof value === 'function' && value.length === 2 && !isClass(value),
  );
  const distinct = new Map(functions.map(([name, value]) => [value, name]));
  const [only] = distinct;
  if (distinct.size !== 1 || only === undefined) return new Map();
  const [handler, exported] = only as [Handler, string]; // a function of two parameters, as filtered
  return new Map([[taskName(handlerName(handler, exported, file)), { kind: 'handler', handler }]]);
}

/** A default export's own name, which is `default` where it has none; then that of the file. */
function handlerName(handler: Handler, exported: string, file: string): string {
  if (exported !== 'default') return exported;
  const own = handler.name === 'default' ? '' : handler.name;
  return own || basename(file).replace(/\..*$/, '');
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
