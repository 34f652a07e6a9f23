// A thread of a parallel benchmark: calls the benchmark function once a round, whose `b.runParallel`
// then runs the body on iterations drawn from the shared counter.
import { parentPort, workerData } from 'node:worker_threads';
import type { Recorder } from '../capture/recorder.js';
import { marksSoFar } from '../source/transform/line-slot.js';
import { SkipSignal } from './batch.js';
import { exercise } from './exercise.js';
import { loadBenchmark } from './load.js';
import {
  Control,
  type CountMessage,
  iterationsOf,
  LocalPB,
  type ParallelWorkerData,
  type RecordOrder,
  type Round,
  type RoundEnd,
  SharedPB,
} from './parallel-protocol.js';
import { ThreadCounter } from './thread-counter.js';
import { threadRecorder } from './thread-recorder.js';
import { toThrown } from './thrown.js';

const { file, path, request, memory, share } = workerData as ParallelWorkerData; // given by ParallelThreads alone
const control = new Control(memory);
const fn = await loadBenchmark(file, path, request);

let recorder: Recorder | undefined;
const counter = new ThreadCounter();

parentPort?.on('message', async (wanted: Round | RecordOrder | CountMessage) => {
  if ('n' in wanted) parentPort?.postMessage(await round(wanted));
  else if ('count' in wanted) {
    const answer = counter.obey(wanted.count);
    if (answer !== undefined) parentPort?.postMessage(answer);
  } else if (wanted.record === 'stop') parentPort?.postMessage(recorder?.stop());
  else {
    recorder = threadRecorder(wanted.record);
    recorder.start();
  }
});

async function round({ n, call }: Round): Promise<RoundEnd> {
  let calls = 0;
  try {
    const exercised = await exercise(fn, {
      path,
      measure: async ({ batch }) => batch.failure,
      firstN: n,
      runParallel: async (_batch, body) => {
        if (calls++ !== call) return;
        const marksBefore = marksSoFar();
        control.waitForStart();
        const pb = share === undefined ? new SharedPB(control) : new LocalPB(iterationsOf(share, n));
        counter.watcher?.called();
        await body(pb);
        counter.watcher?.stopped();
        control.finish(process.hrtime.bigint());
        control.addMarks(marksSoFar() - marksBefore);
      },
    });
    return { kind: 'done', failure: exercised.kind === 'measured' ? exercised.value : exercised.failure };
  } catch (error) {
    if (error instanceof SkipSignal) return { kind: 'skipped', reason: error.message };
    return { kind: 'threw', thrown: toThrown(error) };
  }
}
