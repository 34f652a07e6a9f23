import { performance } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import type { CpuFrame } from '../cpu-record.js';
import { CpuTimeline, type TimedProfile } from '../cpu-timeline.js';
import { hottestStack } from '../hottest-stack.js';
import { OwnInspector } from '../inspector.js';
import { isLoader, isOwnWork } from '../own-frames.js';
import type { BlockRecorder } from './block-recorder.js';
import { type BlockThread, nowMillis } from './block-thread.js';
import { leaveOutTurn, loopTurn } from './loop-turn.js';

/** Milliseconds: a turn of the event loop that is busy for so long keeps others waiting. */
const longMillis = 10;
/** Between two looks at what is running. */
const intervalMicros = 5000;
/** Between two looks at the loop: turns that are shorter, of which a busy server has a hundred thousand a second, count together. */
const lookMillis = 1;
/** What V8 keeps of a profile grows with time, so it is ended and begun again. */
const pieceMillis = 600_000;

/** A turn of the event loop that was long. */
interface LongTurn {
  /** Microseconds on the clock of CPU profiles. */
  readonly startMicros: number;
  readonly endMicros: number;
  /** Without waiting for events, and without calls that block and are recorded as such. */
  readonly busyNanos: number;
}

const utilization = performance.eventLoopUtilization.bind(performance);
const hrtime = process.hrtime.bigint.bind(process.hrtime);

/**
 * Finds the turns of this thread's event loop that were long: all that is done between two looks for new events, timers
 * and callbacks. Node tells exactly for how long a loop was not waiting; a CPU profile tells what was running.
 */
export class LoopWatch {
  readonly #thread: BlockThread;
  readonly #recorder: BlockRecorder;
  readonly #inspector = new OwnInspector();
  #turns: LongTurn[] = [];
  #piece: NodeJS.Timeout | undefined;
  #looks: NodeJS.Timeout | undefined;
  #activeMillis = 0;
  #blockedMillis = 0;
  #startMillis = 0;

  constructor(thread: BlockThread, recorder: BlockRecorder) {
    this.#thread = thread;
    this.#recorder = recorder;
  }

  /** The turn that is going on is not watched. */
  start(): void {
    this.#inspector.post('Profiler.enable');
    this.#inspector.post('Profiler.setSamplingInterval', { interval: intervalMicros });
    this.#inspector.post('Profiler.start');
    this.#piece = setInterval(() => this.#nextPiece(), pieceMillis).unref();
    this.#looks = setInterval(this.#first, lookMillis).unref();
  }

  /** Ends it; the turn that is going on is left out. */
  stop(): void {
    clearInterval(this.#piece);
    clearInterval(this.#looks);
    this.#endPiece();
    this.#inspector.close();
  }

  #nextPiece(): void {
    this.#endPiece();
    this.#inspector.post('Profiler.start');
    leaveOutTurn();
  }

  #endPiece(): void {
    const { profile } = this.#inspector.post<{ profile: TimedProfile }>('Profiler.stop');
    const turns = this.#turns;
    if (turns.length === 0) return;
    this.#turns = [];
    const timeline = new CpuTimeline(profile, isRunning);
    for (const { startMicros, endMicros, busyNanos } of turns) {
      const running = timeline.between(startMicros, endMicros);
      const share = running.reduce((sum, each) => sum + each.share, 0);
      if (busyNanos * share < longMillis * 1e6) continue;
      const hottest = hottestStack(running);
      for (const each of running) {
        const event = { kind: 'loop', name: '(event loop)', nanos: busyNanos * each.share } as const;
        this.#recorder.add({ ...event, count: each === hottest ? 1 : 0 }, [...each.stack].reverse(), 1);
      }
    }
  }

  // A timer that is due is called once a turn.
  readonly #first = (): void => {
    clearInterval(this.#looks);
    this.#begin(utilization().active);
    this.#looks = setInterval(this.#end, lookMillis).unref();
  };

  #begin(activeMillis: number): void {
    loopTurn.isLeftOut = false;
    this.#activeMillis = activeMillis;
    this.#blockedMillis = this.#thread.blockedMillis;
    this.#startMillis = nowMillis();
    this.#thread.saw(this.#startMillis);
  }

  readonly #end = (): void => {
    const blockedMillis = this.#thread.blockedMillis - this.#blockedMillis;
    const { active } = utilization();
    const busyMillis = active - this.#activeMillis - blockedMillis;
    if (busyMillis >= longMillis && !loopTurn.isLeftOut) this.#noteTurn(busyMillis * 1e6);
    this.#begin(active);
  };

  #noteTurn(busyNanos: number): void {
    const endMicros = Number(hrtime() / 1000n);
    const startMicros = endMicros - (nowMillis() - this.#startMillis) * 1000;
    this.#turns.push({ startMicros, endMicros, busyNanos });
  }
}

const ownFolder = new URL('../', import.meta.url).href;

/** Whether what runs is neither prof's own, nor blocked in a call that is recorded as such, nor Node's loader. */
function isRunning(stack: readonly CpuFrame[]): boolean {
  if (isOwnWork(stack) || stack.some(({ url }) => url.startsWith(ownFolder))) return false;
  return !isLoader(stack.at(-1)?.url ?? '');
}
