// Loaded by `--require` before everything else in each thread of a program that is watched for lost updates.

import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { installUpdateTransform } from '../../source/transform/instrumented.js';
import { atThreadEnd } from '../../threads/thread-end.js';
import { countRacesBy } from '../found.js';
import { hookFunctionText } from '../function-text.js';
import { absoluteOptions, parseRaceOptions } from '../options.js';
import { hookCollections } from './collection-hooks.js';
import { UpdateHooks } from './hooks.js';
import { UpdateReporter } from './update-reporter.js';
import { UpdateWatch } from './update-watch.js';

/** Under which name threads hand on the memory that they count in. */
const memoryName = 'prof-toolkit.updates';

const memory = new Int32Array(sharedMemory());
const options = absoluteOptions(parseRaceOptions(process.env['PROFRACE'] ?? '').options);
const reporter = new UpdateReporter(memory, options);
const watch = new UpdateWatch((stale) => reporter.report(stale));
const hooks = new UpdateHooks(watch);
Object.defineProperty(globalThis, '$profu', { value: hooks });
countRacesBy(() => reporter.count());
installUpdateTransform(memory);
hookCollections(hooks, watch);
hookFunctionText();
if (isMainThread) atThreadEnd(end);

function sharedMemory(): SharedArrayBuffer {
  const known: unknown = isMainThread ? undefined : getEnvironmentData(memoryName);
  if (known instanceof SharedArrayBuffer) return known;
  const made = new SharedArrayBuffer(64);
  setEnvironmentData(memoryName, made);
  return made;
}

function end(): void {
  if (!reporter.isFirstToEnd()) return;
  reporter.summarise();
  if (reporter.count() > 0 && options.exitCode > 0) process.exitCode = options.exitCode;
}
