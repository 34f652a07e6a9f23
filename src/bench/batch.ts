import { leaveOut } from '../capture/block/await-sources.js';
import { leaveOutTurn } from '../capture/block/loop-turn.js';
import type { B, BenchmarkFunction, ParallelBody } from './b.js';
import { nowMillis } from './clock.js';

/** What `b.run` and `b.runParallel` do depends on who calls the benchmark: a slot for that. */
export interface BatchHost {
  run(name: string, fn: BenchmarkFunction): Promise<void>;
  runParallel(batch: Batch, body: ParallelBody): Promise<void>;
}

/** Is told what becomes of the timer of a benchmark, at the moment from which on it holds. */
export interface TimerWatcher {
  /** A call of the function begins; its timer runs. */
  called(): void;
  /** Nothing of this call has been measured so far. */
  reset(): void;
  stopped(): void;
  started(): void;
}

/** Thrown by `b.skip()`, caught by whoever called the benchmark. */
export class SkipSignal extends Error {}

/** The `b` of one benchmark, used for one call of its function after the other. */
export class Batch implements B {
  n = 1;
  readonly name: string;
  /** Bytes that one iteration processes; 0 when not told. */
  bytes = 0;
  /** Why the benchmark failed, or undefined. */
  failure: string | undefined;
  readonly metrics: Map<string, number> = new Map();
  /** Calls of `runParallel` that have been begun in this call of the function. */
  parallelCalls = 0;
  /** What the function started and did not await. */
  pending: Promise<void> | undefined;
  /** Who is told of the timer, for passes that count what happens while it runs. */
  watcher: TimerWatcher | undefined;
  readonly #host: BatchHost;
  readonly #nowMillis: () => number;
  #left = 0;
  #looping = false;
  #beginMillis = 0;
  #startMillis = 0;
  #running = false;
  #millis = 0;
  #kept: unknown;
  readonly #keptNumber: Float64Array = new Float64Array(1);

  /** @param clock - milliseconds since some moment */
  constructor(name: string, host: BatchHost, clock: () => number = nowMillis) {
    this.name = name;
    this.#host = host;
    this.#nowMillis = clock;
  }

  /** Makes ready for a call of `n` iterations and starts the clock. */
  begin(n: number): void {
    leaveOutTurn();
    this.n = n;
    this.#left = n;
    this.#looping = false;
    this.metrics.clear();
    this.pending = undefined;
    this.parallelCalls = 0;
    this.#millis = 0;
    this.#running = true;
    this.#beginMillis = this.#nowMillis();
    this.#startMillis = this.#beginMillis;
    this.watcher?.called();
  }

  /** Whether the function has called `loop` in this call. */
  get usesLoop(): boolean {
    return this.#looping;
  }

  /** Nanoseconds since `begin`, measured or not. */
  wallNanos(): number {
    return (this.#nowMillis() - this.#beginMillis) * 1e6;
  }

  /** Stops the clock and returns the nanoseconds measured. */
  end(): number {
    this.stopTimer();
    if (this.#looping && this.#left > 0)
      this.fail('returned before b.loop() gave false: is there a break or a return in the loop?');
    return this.#millis * 1e6;
  }

  /** Runs `body` with the clock stopped and adds what it says it took: parallel runs time themselves. */
  async timeApart(body: () => Promise<number>): Promise<void> {
    const wasRunning = this.#running;
    this.stopTimer();
    this.#millis += (await body()) / 1e6;
    if (wasRunning) this.startTimer();
  }

  loop(): boolean {
    if (!this.#looping) this.#startLoop();
    if (this.#left > 0) {
      this.#left--;
      return true;
    }
    this.stopTimer();
    return false;
  }

  #startLoop(): void {
    this.#looping = true;
    this.resetTimer();
  }

  resetTimer(): void {
    this.#millis = 0;
    this.metrics.clear();
    if (this.#running) this.#startMillis = this.#nowMillis();
    this.watcher?.reset();
  }

  stopTimer(): void {
    if (!this.#running) return;
    this.watcher?.stopped();
    this.#millis += this.#nowMillis() - this.#startMillis;
    this.#running = false;
  }

  startTimer(): void {
    if (this.#running) return;
    this.#running = true;
    this.#startMillis = this.#nowMillis();
    this.watcher?.started();
  }

  elapsed(): number {
    return (this.#millis + (this.#running ? this.#nowMillis() - this.#startMillis : 0)) * 1e6;
  }

  setBytes(bytes: number): void {
    this.bytes = bytes;
  }

  reportMetric(value: number, unit: string): void {
    if (unit === '' || /\s/.test(unit)) throw new TypeError(`reportMetric: "${unit}" is not a unit`);
    this.metrics.set(unit, value);
  }

  reportAllocs(): void {}

  run(name: string, fn: BenchmarkFunction): Promise<void> {
    return this.#track(() => this.#host.run(name, fn));
  }

  runParallel(body: ParallelBody): Promise<void> {
    return this.#track(() => this.#host.runParallel(this, body));
  }

  /** One after the other, also where the function does not await. */
  #track(start: () => Promise<void>): Promise<void> {
    const done = this.pending === undefined ? start() : this.pending.then(start);
    this.pending = done;
    leaveOut(done);
    // Whoever called the function waits for it later; until then nobody may, which is no mistake.
    done.catch(() => {});
    return done;
  }

  keep(value: unknown): void {
    // A field of any type would take a new object for each number that is not a small integer.
    if (typeof value === 'number') this.#keptNumber[0] = value;
    else this.#kept = value;
  }

  /** What was kept last: a number, and anything else. */
  kept(): readonly [number | undefined, unknown] {
    return [this.#keptNumber[0], this.#kept];
  }

  skip(reason = ''): never {
    throw new SkipSignal(reason);
  }

  fail(reason = 'b.fail() was called'): void {
    this.failure ??= reason;
  }
}
