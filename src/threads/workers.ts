import { syncBuiltinESMExports } from 'node:module';
import type { Readable, Writable } from 'node:stream';
import workerThreads, { Worker, type WorkerOptions } from 'node:worker_threads';
import { transferred } from './envelope.js';
import type { Environment } from './environment.js';
import type { MessageTools } from './messages.js';
import { replace } from './patch.js';
import { sharedParts } from './payload.js';

/** What is told of workers, and handed to them. */
export interface WorkerWatcher {
  /**
   * A worker is about to be started.
   *
   * @param code - its text where it is started with `eval`
   * @returns what its thread is given, to be cloned; undefined to let it go unwatched
   */
  start(code: string | undefined): unknown;
  /** It has started, or could not. */
  started(given: unknown, worker: Worker | undefined): void;
  /** It has ended; what it did is before now. */
  ended(given: unknown): void;
  /** It was heard of without a message: what it has done so far is before now. */
  heardOf(given: unknown): void;
  /** The text of a worker that is started with `eval`. */
  evaluated(code: string): string;
}

/** How the threads of workers are made ready. */
export interface WorkerTools extends MessageTools {
  readonly environment: Environment;
  readonly watcher: WorkerWatcher;
  /** Absolute paths of the modules that are required first in every thread. */
  readonly preload: readonly string[];
}

/** Among the options of a worker: it is prof's own and does nothing that the program knows of. */
export const unwatched: unique symbol = Symbol.for('prof-toolkit.unwatched');

/** Watches the workers that the program starts, and makes their threads ready. */
export function watchWorkers(tools: WorkerTools): void {
  const watched = new Proxy(Worker, {
    construct: (target, [file, options, ...rest], newTarget) => {
      if (options !== undefined && options !== null && unwatched in options)
        return Reflect.construct(target, [file, options, ...rest], newTarget);
      const code = options?.eval === true && typeof file === 'string' ? file : undefined;
      const run = code === undefined ? file : tools.watcher.evaluated(code);
      return startWorker(tools, { options, code }, (given) =>
        Reflect.construct(target, [run, given, ...rest], newTarget),
      );
    },
  });
  Object.defineProperty(Worker.prototype, 'constructor', {
    value: watched,
    writable: true,
    configurable: true,
  });
  workerThreads.Worker = watched;
  replace(
    Worker.prototype,
    'postMessage',
    (original) =>
      function postMessage(this: unknown, ...args: readonly unknown[]): unknown {
        const isWatched =
          typeof this === 'object' && this !== null && watchedWorkers.has(this) && args.length > 0;
        const sent = isWatched ? [tools.envelopes.wrap(args[0], args[1]), ...args.slice(1)] : args;
        return Reflect.apply(original, this, sent);
      },
  );
  syncBuiltinESMExports();
}

const watchedWorkers = new WeakSet<object>();

function startWorker(
  tools: WorkerTools,
  { options, code }: { options: WorkerOptions | undefined; code: string | undefined },
  construct: (options: WorkerOptions | undefined) => Worker,
): Worker {
  const { watcher, environment, envelopes, ports } = tools;
  const given = watcher.start(code);
  if (given === undefined) return construct(options);
  const parts = sharedParts([options?.workerData, ...environment.values()]);
  const passed = transferred(options?.transferList, ports);
  const start = {
    given,
    shared: envelopes.number(parts),
    ports: passed,
    keys: environment.keys(),
    hasInput: options?.stdin === true,
  };
  let worker: Worker | undefined;
  try {
    worker = environment.with(start, () => construct(readied(options, tools.preload)));
  } finally {
    watcher.started(given, worker);
  }
  watchedWorkers.add(worker);
  watchEvents(tools, worker, given);
  return worker;
}

/** The options with what requires our modules, where NODE_OPTIONS does not reach the thread. */
function readied(options: WorkerOptions | undefined, preload: readonly string[]): WorkerOptions | undefined {
  const { env } = options ?? {};
  if (typeof env !== 'object' || env === process.env) return options;
  const required = preload.flatMap((path) => ['--require', path]);
  return { ...options, execArgv: [...required, ...(options?.execArgv ?? process.execArgv)] };
}

/** Sees a worker's events before the program does. */
function watchEvents({ watcher }: WorkerTools, worker: Worker, given: unknown): void {
  worker.once('exit', () => watcher.ended(given));
  // A listener would make an error look handled.
  const { emit } = worker;
  const value = function (this: Worker, ...args: Parameters<Worker['emit']>): boolean {
    if (args[0] === 'error') watcher.heardOf(given);
    return Reflect.apply(emit, this, args);
  };
  Object.defineProperty(worker, 'emit', { value, writable: true, configurable: true });
  const heard = (): void => watcher.heardOf(given);
  for (const stream of [worker.stdout, worker.stderr]) watchPush(stream, heard);
  if (worker.stdin !== null) watchTaken(worker.stdin, heard);
}

/** What a thread was started with; undefined on the main thread and where its parent was not watched. */
export function receiveStart(
  tools: Pick<WorkerTools, 'order' | 'envelopes' | 'ports' | 'environment'>,
): void {
  const { order, environment, envelopes, ports } = tools;
  const start = environment.received;
  if (start === undefined) return;
  if (start.shared !== undefined) envelopes.adopt(start.shared);
  for (const port of start.ports) ports.add(port);
  if (workerThreads.parentPort !== null) ports.add(workerThreads.parentPort);
  // Where nobody writes to it, Node ends it at a time of its own, which would hide races.
  if (start.hasInput) watchPush(process.stdin, () => order.receiveAll());
  for (const stream of [process.stdout, process.stderr]) watchTaken(stream, () => order.receiveAll());
}

/** What is done when a text has been written: `undefined`, or an error. */
type Written = (error?: Error | null) => void;

/** Calls `heard` before a stream is told that another thread has taken what was written. */
function watchTaken(stream: Writable, heard: () => void): void {
  const { _writev: write } = stream;
  if (write === undefined) return;
  const value = function (this: unknown, chunks: unknown, done: Written): unknown {
    const taken: Written = (error) => {
      heard();
      done(error);
    };
    return Reflect.apply(write, this, [chunks, taken]);
  };
  Object.defineProperty(stream, '_writev', { value, writable: true, configurable: true });
}

/** Calls `heard` before a stream is given what another thread has written. */
function watchPush(stream: Readable, heard: () => void): void {
  const { push } = stream;
  const value = function (this: unknown, ...args: Parameters<typeof push>): boolean {
    heard();
    return Reflect.apply(push, this, args);
  };
  Object.defineProperty(stream, 'push', { value, writable: true, configurable: true });
}
