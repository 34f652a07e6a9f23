import { once } from 'node:events';
import { setImmediate, setTimeout } from 'node:timers';
import { Worker } from 'node:worker_threads';
import type { ThreadRecord } from '../capture/program-profile.js';
import { ProfError } from '../error.js';
import { type Batch, SkipSignal } from './batch.js';
import type { BenchmarkPath } from './job.js';
import type { OtherThreads } from './operations.js';
import {
  Control,
  type CountMessage,
  controlBytes,
  type ParallelWorkerData,
  type RecordOrder,
  type Round,
  type RoundEnd,
} from './parallel-protocol.js';
import type { CountAnswers, CountOrder } from './thread-counter.js';
import type { ThreadProfile, ThreadRecords } from './thread-recorder.js';
import { fromThrown, toThrown } from './thrown.js';

const quickPolls = 100;

/** Which threads a parallel benchmark is to have. */
export interface ParallelOptions {
  readonly count: number;
  readonly file: string;
  readonly request: string;
  /** Whether all get the same number of iterations, so that each runs the body, instead of as many as they can do. */
  readonly isEven: boolean;
}

/** The threads of one parallel benchmark; started at its first round, kept for all others. */
export class ParallelThreads implements OtherThreads {
  /** Threads that have run; 0 where the benchmark has not been parallel. */
  threads = 0;
  readonly #options: ParallelOptions;
  readonly #control: Control = new Control(new SharedArrayBuffer(controlBytes));
  #workers: readonly Worker[] = [];
  #grain = 1;

  constructor(options: ParallelOptions) {
    this.#options = options;
  }

  /** One round: all threads run the body of this call until `batch.n` iterations are done; wall time counts. */
  run(batch: Batch, path: BenchmarkPath): Promise<void> {
    const call = batch.parallelCalls++;
    return batch.timeApart(() => this.#round(batch, path, call));
  }

  /** @returns nanoseconds that it took */
  async #round(batch: Batch, path: BenchmarkPath, call: number): Promise<number> {
    this.threads = this.#options.count;
    if (this.#workers.length === 0)
      this.#workers = Array.from({ length: this.threads }, (_, index) => this.#start(path, index));
    this.#control.reset(batch.n, this.#grain);
    const ends = this.#workers.map((worker) => roundEnd(worker));
    for (const worker of this.#workers) worker.postMessage({ n: batch.n, call } satisfies Round);
    await this.#allReady(ends);
    const start = process.hrtime.bigint();
    this.#control.start();
    // Where one has failed, others may wait for it.
    await Promise.all(ends.map(async (end) => noteEnd(batch, await end)));
    const nanos = Math.max(1, Number(this.#control.endNanos() - start));
    this.#grain = grainFor(nanos / batch.n);
    return nanos;
  }

  /** Marks of lines that the workers ran in the last round. */
  marksOfRound(): number {
    return this.#control.marks();
  }

  /** Has every worker record something from now on. */
  startRecording(profile: ThreadProfile): void {
    for (const worker of this.#workers) worker.postMessage({ record: profile } satisfies RecordOrder);
  }

  /** Ends that; what each of them has recorded, of the kind that was started. */
  async stopRecording<K extends keyof ThreadRecords>(): Promise<ThreadRecord<ThreadRecords[K]>[]> {
    const all = this.#workers.map((worker) => once(worker, 'message'));
    for (const worker of this.#workers) worker.postMessage({ record: 'stop' } satisfies RecordOrder);
    return (await Promise.all(all)).map(([record], i) => ({ thread: `worker-${i + 1}`, record }));
  }

  tell(order: CountOrder): void {
    for (const worker of this.#workers) worker.postMessage({ count: order } satisfies CountMessage);
  }

  async ask<K extends keyof CountAnswers>(order: K): Promise<readonly CountAnswers[K][]> {
    const answers = this.#workers.map((worker) => once(worker, 'message'));
    this.tell(order);
    return (await Promise.all(answers)).map(([answer]) => answer);
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(path: BenchmarkPath, index: number): Worker {
    const { file, request, count, isEven } = this.#options;
    const share = isEven ? { index, count } : undefined;
    const workerData: ParallelWorkerData = { file, path, request, memory: this.#control.memory, share };
    return new Worker(new URL('./parallel-worker.js', import.meta.url), { workerData });
  }

  /** All are at the gate, or one has failed before. */
  async #allReady(ends: readonly Promise<RoundEnd>[]): Promise<void> {
    let over = false;
    const anyEnd = Promise.race(ends).then(() => {
      over = true;
    });
    for (let i = 0; !over && this.#control.ready() < this.#workers.length; i++) {
      // Soon, as a rule; on a busy machine polling takes the time that the threads need.
      const next = (resolve: () => void): unknown =>
        i < quickPolls ? setImmediate(resolve) : setTimeout(resolve, 1);
      await Promise.race([anyEnd, new Promise<void>((resolve) => next(resolve))]);
    }
  }
}

/** Iterations that take about 100 µs, so that the shared counter costs next to nothing, as in Go. */
function grainFor(nanosPerOp: number): number {
  return Math.max(1, Math.min(10_000, Math.floor(100_000 / Math.max(nanosPerOp, 1))));
}

function noteEnd(batch: Batch, end: RoundEnd): void {
  if (end.kind === 'threw') throw fromThrown(end.thrown);
  if (end.kind === 'skipped') throw new SkipSignal(end.reason);
  if (end.failure !== undefined) batch.fail(end.failure);
}

function endedError(status: number): ProfError {
  return new ProfError('failed', `ended one of its threads with status ${status}`, {
    hint: 'A benchmark must not call process.exit().',
  });
}

function roundEnd(worker: Worker): Promise<RoundEnd> {
  return new Promise((resolve) => {
    const settle = (end: RoundEnd): void => {
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      resolve(end);
    };
    const onError = (error: unknown): void => settle({ kind: 'threw', thrown: toThrown(error) });
    const onExit = (status: number): void => onError(endedError(status));
    worker.on('message', settle).on('error', onError).on('exit', onExit);
  });
}
