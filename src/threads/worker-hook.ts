import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Worker, WorkerOptions } from 'node:worker_threads';

/** What is to happen with the workers that a thread starts. */
export interface WorkerHook {
  /** Options of Node for a worker that does not take over those of its parent: `--require`, a path … */
  readonly execArgv: readonly string[];
  /** Awaited before a worker is terminated. */
  readonly beforeTerminate: (threadId: number) => Promise<void>;
}

/**
 * Reaches every worker that this thread will start, however the program got hold of the class `Worker`.
 * Workers take over their parent's options, `--require` too, unless they are given others.
 */
export function hookWorkers({ execArgv, beforeTerminate }: WorkerHook): void {
  const threads: { Worker: typeof Worker } = createRequire(import.meta.url)('node:worker_threads');
  const { prototype } = threads.Worker;
  threads.Worker = new Proxy(threads.Worker, {
    construct: (target, [file, options, ...rest], newTarget) =>
      Reflect.construct(target, [file, withExecArgv(options, execArgv), ...rest], newTarget),
  });
  prototype.constructor = threads.Worker;
  const { terminate } = prototype;
  prototype.terminate = async function (this: Worker, ...args: unknown[]): Promise<number> {
    await beforeTerminate(this.threadId);
    return Reflect.apply(terminate, this, args);
  } as typeof terminate;
  syncBuiltinESMExports();
}

function withExecArgv(options: unknown, execArgv: readonly string[]): unknown {
  const given = (options as WorkerOptions | undefined)?.execArgv;
  return Array.isArray(given)
    ? { ...(options as WorkerOptions), execArgv: [...execArgv, ...given] }
    : options;
}
