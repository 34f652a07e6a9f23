import * as workerThreads from 'node:worker_threads';
import { isMainThread, threadId } from 'node:worker_threads';
import type { Recorder } from '../capture/recorder.js';
import { writeReport } from './record-files.js';
import { type Recorded, type RecordingPlan, recordersOf } from './recording-plan.js';

/** What this thread records, from its start to its report. */
export class ThreadRecording {
  readonly #folder: string;
  readonly #recorders: readonly (readonly [string, Recorder])[];
  readonly #problems: string[] = [];
  #state: 'new' | 'recording' | 'finished' = 'new';

  constructor(plan: RecordingPlan, folder: string) {
    this.#folder = folder;
    this.#recorders = Object.entries(recordersOf(plan));
  }

  start(): void {
    this.#state = 'recording';
    for (const [kind, recorder] of this.#recorders) this.#try(kind, () => recorder.start());
  }

  /**
   * Stops and leaves the report, once.
   *
   * @param others - called when this thread has stopped; what it says is wrong goes into the report
   * @returns whether there is a report now
   */
  finish(others: () => readonly string[] = () => []): boolean {
    if (this.#state !== 'recording') return false;
    this.#state = 'finished';
    // The last to be started is the first to be stopped.
    const stopped = this.#recorders.map(([kind, recorder]) => [kind, recorder] as const).reverse();
    const recorded: Recorded = Object.fromEntries(
      stopped.map(([kind, recorder]) => [kind, this.#try(kind, () => recorder.stop())]),
    );
    const problems = [...this.#problems, ...others()];
    try {
      writeReport(this.#folder, { thread: nameOfThread(), threadId, recorded, problems });
      return true;
    } catch {
      return false; // nobody is there to be told; whoever reads the reports misses it
    }
  }

  #try(kind: string, action: () => unknown): unknown {
    try {
      return action();
    } catch (error) {
      this.#problems.push(`${kind}: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }
}

/** `main`, `worker-3`, or with a name of its own `pool-3`. */
function nameOfThread(): string {
  if (isMainThread) return 'main';
  const given = 'threadName' in workerThreads ? workerThreads.threadName : undefined; // newer than Node 20
  return `${typeof given === 'string' && given !== '' && given !== 'WorkerThread' ? given : 'worker'}-${threadId}`;
}
