import { setInterval } from 'node:timers';
import { cpuProfiler } from './cpu.js';
import type { CpuFrame, CpuProfiler, CpuRecord } from './cpu-record.js';
import type { HeapSite } from './heap.js';
import { HeapSampler, type HeapSamplerOptions } from './heap-sampler.js';
import type { CallFrame } from './inspector.js';
import type { Recorder } from './recorder.js';
import { StackTree } from './stack-tree.js';

// What V8's profilers keep of a thread grows with time, so they are stopped and started again, and
// the pieces added up.

/** Some 25 MB at one sample a millisecond. */
const cpuPieceMillis = 600_000;
/** Some 25 MB where half a gigabyte is allocated a second; a piece ends with a collection. */
const heapPieceMillis = 120_000;

/** What a thread did: a CPU profile from start to stop. */
export class CpuRecorder implements Recorder<CpuRecord & { readonly callLines: boolean }> {
  readonly #profiler: CpuProfiler;
  readonly #tree = new StackTree<CpuFrame>(
    ({ name, url, line, start }) => `${name} ${line} ${start?.line}:${start?.column} ${url}`,
  );
  #durationNanos = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param intervalMicros - time between ticks */
  constructor(intervalMicros: number) {
    this.#profiler = cpuProfiler(intervalMicros);
  }

  start(): void {
    this.#timer = setInterval(() => this.#nextPiece(), cpuPieceMillis).unref();
    this.#profiler.start();
  }

  stop(): CpuRecord & { readonly callLines: boolean } {
    clearInterval(this.#timer);
    const { periodNanos } = this.#endPiece();
    const sites = this.#tree.stacks().map(({ frames, values: [ticks = 0] }) => ({ stack: frames, ticks }));
    return { sites, periodNanos, durationNanos: this.#durationNanos, callLines: this.#profiler.callLines };
  }

  #nextPiece(): void {
    this.#endPiece();
    this.#profiler.start();
  }

  #endPiece(): CpuRecord {
    const record = this.#profiler.stop();
    for (const { stack, ticks } of record.sites) this.#tree.add(stack, [ticks]);
    this.#durationNanos += record.durationNanos;
    return record;
  }
}

/** Set in the global object of a thread that a `HeapRecorder` watches from beginning to end: V8 has one sampler for a thread. */
export const heapRecorded: unique symbol = Symbol.for('prof-toolkit.heap'); // the same in each copy of this module

/** What a thread allocated from start to stop, or what of it was in use at the end. */
export class HeapRecorder implements Recorder<readonly HeapSite[]> {
  readonly #options: HeapSamplerOptions;
  readonly #tree = new StackTree<CallFrame>(
    (frame) => `${frame.functionName} ${frame.lineNumber}:${frame.columnNumber} ${frame.url}`,
  );
  #sampler: HeapSampler;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HeapSamplerOptions) {
    this.#options = options;
    this.#sampler = new HeapSampler(options);
  }

  start(): void {
    // Of what is in use there is never more than is alive, and it must be watched from its allocation on.
    if (this.#options.kind === 'allocated')
      this.#timer = setInterval(() => this.#nextPiece(), heapPieceMillis).unref();
    Object.defineProperty(globalThis, heapRecorded, { value: true, configurable: true });
    this.#sampler.start();
  }

  stop(): readonly HeapSite[] {
    clearInterval(this.#timer);
    this.#readPiece();
    this.#sampler.leave();
    return this.#tree
      .stacks()
      .map(({ frames, values: [objects = 0, bytes = 0] }) => ({ stack: frames, objects, bytes }));
  }

  #nextPiece(): void {
    this.#readPiece();
    this.#sampler.stop();
    this.#sampler = new HeapSampler(this.#options);
    this.#sampler.start();
  }

  #readPiece(): void {
    for (const { stack, objects, bytes } of this.#sampler.read()) this.#tree.add(stack, [objects, bytes]);
  }
}
