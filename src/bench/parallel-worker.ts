// A thread of a parallel benchmark: calls the benchmark function once a round, whose `b.runParallel`
// then runs the body on iterations drawn from the shared counter.
import { parentPort, workerData } from 'node:worker_threads';
import { BlockProfiler } from '../capture/block/block.js';
import { SkipSignal } from './batch.js';
import { exercise } from './exercise.js';
import { loadBenchmark } from './load.js';
import {
  type BlockOrder,
  Control,
  type ParallelWorkerData,
  type Round,
  type RoundEnd,
  SharedPB,
} from './parallel-protocol.js';

const { file, path, request, memory } = workerData as ParallelWorkerData; // given by ParallelThreads alone
const control = new Control(memory);
const fn = await loadBenchmark(file, path, request);

let profiler: BlockProfiler | undefined;

parentPort?.on('message', async (wanted: Round | BlockOrder) => {
  if ('n' in wanted) parentPort?.postMessage(await round(wanted));
  else if (wanted.block === 'start') profiler = new BlockProfiler(wanted.rate);
  else parentPort?.postMessage(profiler?.stop() ?? []);
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
        control.waitForStart();
        await body(new SharedPB(control));
        control.finish(process.hrtime.bigint());
      },
    });
    return { kind: 'done', failure: exercised.kind === 'measured' ? exercised.value : exercised.failure };
  } catch (error) {
    if (error instanceof SkipSignal) return { kind: 'skipped', reason: error.message };
    return { kind: 'threw', error };
  }
}
