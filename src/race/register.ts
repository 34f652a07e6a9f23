// Loaded by `--require` before everything else in each thread of a program that is watched for races.

import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { installRaceTransform, instrument, provideSource } from '../source/transform/instrumented.js';
import { Envelopes, KnownPorts } from '../threads/envelope.js';
import { Environment } from '../threads/environment.js';
import { watchLocks } from '../threads/locks.js';
import { watchMessages } from '../threads/messages.js';
import { atThreadEnd } from '../threads/thread-end.js';
import { receiveStart, watchWorkers } from '../threads/workers.js';
import { Detector, type DetectorStart } from './detector.js';
import { sharedEdits } from './edit-store.js';
import { countRacesBy } from './found.js';
import { inlineAsUsual, inlineChecks } from './inlining.js';
import { makeShadow } from './layout.js';
import { absoluteOptions, parseRaceOptions } from './options.js';
import { startThread } from './thread.js';

/** What every thread requires first. */
const preload = [fileURLToPath(new URL('./preload.cjs', import.meta.url))];

/** How stacks name the text of a worker that is started with `eval`. */
const evalName = '[worker eval]';

const environment = new Environment();
const start = isMainThread ? startOfMain() : (environment.received?.given as DetectorStart | undefined); // `watchWorkers` put it there
/** Whether this thread is watched: not where there is no room for it, and not the thread of load hooks. */
export const isWatched: boolean = start !== undefined;
if (start !== undefined) watch(start);
hidePreload();

/** Where a worker has options of its own, ours stand in front of them. */
function hidePreload(): void {
  const own = preload.flatMap((path) => ['--require', path]);
  const isOwn = own.every((word, index) => process.execArgv[index] === word);
  if (isOwn) process.execArgv = process.execArgv.slice(own.length);
}

function startOfMain(): DetectorStart | undefined {
  const memory = makeShadow();
  const parsed = parseRaceOptions(process.env['PROFRACE'] ?? '');
  const options = absoluteOptions(parsed.options);
  const thread = startThread(memory, { parent: -1, started: 0 });
  return thread && { shadow: memory.buffer, options, thread };
}

function watch(start: DetectorStart): void {
  const { shadow, options } = start;
  const memory = new Int32Array(shadow);
  installRaceTransform(memory, sharedEdits(memory));
  if (start.code !== undefined) provideSource(evalName, start.code);
  const detector = new Detector(start);
  countRacesBy(() => detector.reporter.count());
  const order = detector.order();
  const ports = new KnownPorts();
  const envelopes = new Envelopes(order, ports);
  receiveStart({ order, environment, envelopes, ports });
  watchMessages({ order, envelopes, ports });
  watchLocks(order);
  watchWorkers({
    order,
    envelopes,
    ports,
    environment,
    preload,
    watcher: {
      start: (code) => {
        const child = detector.startOfChild(code);
        if (child !== undefined) inlineAsUsual();
        return child;
      },
      started: (given, worker) => {
        if (worker !== undefined) return;
        inlineChecks();
        detector.childEnded(given as DetectorStart); // what `start` gave
      },
      ended: (given) => detector.childEnded(given as DetectorStart),
      heardOf: (given) => detector.childHeardOf(given as DetectorStart),
      evaluated: (code) => instrument(code, evalName, 'script')?.code ?? code,
    },
  });
  if (!isMainThread) return;
  atThreadEnd(() => {
    if (!detector.reporter.isFirstToEnd()) return;
    detector.reporter.summarise();
    if (detector.reporter.count() > 0 && options.exitCode > 0) process.exitCode = options.exitCode;
  });
}
