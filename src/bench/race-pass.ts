import { raceCount } from '../race/found.js';
import { drive } from './drive.js';
import { callBatch, type Driver } from './driver.js';
import type { BenchTime, Outcome, Timed } from './job.js';
import { batchMillisFor, driveTime, timedOf } from './time-pass.js';

/** Why a benchmark has failed in which races were found. */
export const raceMessage = 'race detected during execution of benchmark';

const warmupMillis = 20;

/**
 * Runs a benchmark while races are looked for, which makes it slower; in every call each thread has something to run.
 *
 * @param threads - that shared the work of the first call; 0 where it was not parallel
 */
export async function racePass(driver: Driver, benchTime: BenchTime, threads: number): Promise<Timed> {
  const leastBatch = Math.max(1, threads);
  // The first call is no measure: where an access comes from is found out once.
  const first = await callBatch(driver, leastBatch);
  const options = { ...driveTime(benchTime), warmupMillis, batchMillis: batchMillisFor(threads), leastBatch };
  const driven = await drive({ ...driver, first }, options);
  return timedOf(driver, driven, threads);
}

/** What came of a benchmark in a process of its own, in which races make it fail. */
export function withRaces(outcome: Outcome): Outcome {
  const races = raceCount() ?? 0;
  if (races === 0 || outcome.kind === 'found') return outcome;
  if (outcome.kind === 'subs') return { ...outcome, failure: joined(outcome.failure), races };
  const { path } = outcome;
  if (outcome.kind === 'failed') return { ...outcome, message: joined(outcome.message), races };
  return { kind: 'failed', path, message: raceMessage, races };
}

function joined(message: string | undefined): string {
  return message === undefined ? raceMessage : `${message}\n${raceMessage}`;
}
