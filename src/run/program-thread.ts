import { getEnvironmentData, isMainThread, setEnvironmentData, threadId, Worker } from 'node:worker_threads';
import { aroundProcessEmit } from '../threads/around-emit.js';
import { FatalSignals, isFatalSignal } from '../threads/fatal-signals.js';
import { askMainThread, askWorkers, offerAgent } from '../threads/thread-agent.js';
import { atThreadEnd } from '../threads/thread-end.js';
import { ThreadTable } from '../threads/thread-table.js';
import { hookWorkers } from '../threads/worker-hook.js';
import { unwatched } from '../threads/workers.js';
import { keepScripts } from './keep-scripts.js';
import { type ProgramSetup, preloadOptions, takeSetup } from './program-setup.js';
import { SignalBoard } from './signal-board.js';
import { ThreadRecording } from './thread-recording.js';

/** What the threads of a program know of one another. */
interface Shared {
  readonly setup: ProgramSetup;
  readonly table: SharedArrayBuffer;
}

const sharedKey = 'prof-toolkit/run';
/** How long other threads may take to finish before they are given up. */
const finishMillis = 3000;

/** Records this thread to its end, and sees to it that the workers which it starts do so too. */
export function recordThread(): void {
  if (isLoaderThread()) return;
  const shared = isMainThread ? makeShared() : (getEnvironmentData(sharedKey) as Shared | undefined); // made there
  if (shared === undefined) return;
  const { setup } = shared;
  hideOptions(setup.ownOptions);
  const table = new ThreadTable(shared.table);
  const recording = new ThreadRecording(setup.plan, setup.folder);
  if (isMainThread) guardMainThread(recording, table);
  else guardWorker(recording, table);
  hookWorkers({ execArgv: preloadOptions, beforeTerminate: (id) => finishWorker(id, table) });
  if (setup.plan.heap?.kind === 'allocated') keepScripts();
  recording.start();
}

/** Node loads modules in a thread of its own where hooks are registered, and preloads there as well. */
function isLoaderThread(): boolean {
  if (isMainThread) return false;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return stack.includes('node:internal/modules/esm/worker');
}

function makeShared(): Shared | undefined {
  const setup = takeSetup();
  if (setup === undefined) return undefined;
  const shared: Shared = { setup, table: new ThreadTable().memory };
  setEnvironmentData(sharedKey, shared as never); // typed narrower than it is: anything that can be cloned
  return shared;
}

/** The program's own options are left; it may start others like itself with them. */
function hideOptions(own: readonly string[]): void {
  const at = own.findIndex((_, i) => own.slice(i).every((word, k) => process.execArgv[k] === word));
  if (at >= 0) process.execArgv.splice(0, own.length - at);
}

function guardWorker(recording: ThreadRecording, table: ThreadTable): void {
  const finish = (): void => {
    if (recording.finish()) table.leave(threadId);
  };
  table.enter(threadId);
  offerAgent({ finish });
  atThreadEnd(finish);
}

function guardMainThread(recording: ThreadRecording, table: ThreadTable): void {
  const board = new SignalBoard();
  const finish = (): void => {
    board.setEnding();
    signals.ending();
    recording.finish(() => finishWorkers(table));
  };
  const signals = new FatalSignals({
    beforeDeath: finish,
    killFromOutside: (signal) => board.wantKill(signal),
    onListening: (signal, isListening) => board.setListening(signal, isListening),
  });
  offerAgent({
    finish,
    finishWorker: (id) => void finishWorker(id, table),
    signal: (name) => {
      if (isFatalSignal(name)) signals.fromParent(name);
    },
  });
  atThreadEnd(finish);
  startRelay(board);
}

/** Ends the recording of all workers that still run; what is wrong then. */
function finishWorkers(table: ThreadTable): string[] {
  const deadline = Date.now() + finishMillis;
  const asked = askWorkers('finish()', (other) => table.has(other));
  for (const id of asked.threadIds) table.waitFor(id, Math.max(0, deadline - Date.now()));
  asked.close();
  const { missing } = table;
  return missing === 0 ? [] : [`${missing} worker thread${missing === 1 ? '' : 's'} ended without a profile`];
}

/** A worker that is terminated has no end of its own. */
async function finishWorker(id: number, table: ThreadTable): Promise<void> {
  if (!table.has(id)) return;
  const asked = isMainThread ? askWorkers('finish()', (other) => other === id) : undefined;
  if (asked === undefined) askMainThread(`finishWorker?.(${id})`);
  await table.left(id, finishMillis);
  asked?.close();
}

/** Where threads are forbidden, signals reach the program by themselves only. */
function startRelay(board: SignalBoard): void {
  try {
    const file = new URL('./program-relay.js', import.meta.url);
    const options = { workerData: board.memory, execArgv: [], env: {}, name: 'prof', [unwatched]: true };
    const relay = new Worker(file, options);
    relay.unref();
    aroundProcessEmit((event, [worker], proceed) => !(event === 'worker' && worker === relay) && proceed());
  } catch {}
}
