import { defaultBlockRate } from '../capture/block/block-rate.js';
import { allocsPass } from './allocs-pass.js';
import { SkipSignal } from './batch.js';
import { cpuPass } from './cpu-pass.js';
import { type Benchmark, describe } from './discover.js';
import type { Driver } from './driver.js';
import { exercise } from './exercise.js';
import { heapPass } from './heap-pass.js';
import type { ChildMessage, Job, JobBenchmark, Outcome } from './job.js';
import { benchmarkFunction, loadBenchmarks } from './load.js';
import { parallelOperations } from './operations.js';
import { ParallelThreads } from './parallel.js';
import { racePass, withRaces } from './race-pass.js';
import { profiledCpu, profiledHeap, profiledWaits } from './record.js';
import { cpuOfTask, heapOfTask, taskOperations, timeTask } from './task-pass.js';
import { timePass } from './time-pass.js';
import { waitPass, waitsOfTask } from './wait-pass.js';

type Send = (message: ChildMessage) => Promise<void>;

/** Loads the job's file and does its pass for each of its benchmarks; what is thrown is the user's. */
export async function runJob(job: Job, send: Send): Promise<void> {
  const benchmarks = await loadBenchmarks(job.file);
  if (job.pass === 'discover') return send({ kind: 'found', found: describe(benchmarks) });
  for (const wanted of job.benchmarks) {
    await send({ kind: 'begin', path: wanted.path });
    const benchmark = benchmarks.get(wanted.path[0] ?? '');
    if (benchmark === undefined) throw new Error(`${job.file} no longer exports ${wanted.path[0]}`);
    await send(withRaces(await runBenchmark(job, wanted, benchmark)));
  }
}

async function runBenchmark(job: Job, wanted: JobBenchmark, benchmark: Benchmark): Promise<Outcome> {
  try {
    if (benchmark.kind === 'task') return await runTask(job, wanted, benchmark);
    return await runFunction(job, wanted, benchmark);
  } catch (error) {
    if (error instanceof SkipSignal) return { kind: 'skipped', path: wanted.path, reason: error.message };
    throw error;
  }
}

async function runFunction(job: Job, wanted: JobBenchmark, benchmark: Benchmark): Promise<Outcome> {
  const { path } = wanted;
  const fn = benchmarkFunction(benchmark, job.request);
  if (fn === undefined) throw new TypeError(`${path[0]} has no function`);
  const { file, request, pass } = job;
  const isEven = pass === 'race' || pass === 'allocs';
  const parallel = new ParallelThreads({ count: wanted.threads, file, request, isEven });
  const measure = async (driver: Driver): Promise<Outcome> => {
    const { batch } = driver;
    // A benchmark that failed at its first call is not worth the time.
    if (batch.failure !== undefined) return { kind: 'failed', path, message: batch.failure };
    const outcome = await measureDriver(job, wanted, { driver, parallel });
    return batch.failure === undefined ? outcome : { kind: 'failed', path, message: batch.failure };
  };
  const firstN = isEven ? wanted.threads : 1;
  const exercised = await exercise(fn, {
    path,
    measure,
    firstN,
    runParallel: (batch) => parallel.run(batch, path),
  });
  await parallel.close();
  return exercised.kind === 'subs' ? { ...exercised, path } : exercised.value;
}

async function measureDriver(
  job: Job,
  wanted: JobBenchmark,
  { driver, parallel }: { readonly driver: Driver; readonly parallel: ParallelThreads },
): Promise<Outcome> {
  const { path } = wanted;
  switch (job.pass) {
    case 'time':
      return { kind: 'timed', path, timed: await timePass(driver, job.benchTime, parallel.threads) };
    case 'race':
      return { kind: 'timed', path, timed: await racePass(driver, job.benchTime, parallel.threads) };
    case 'allocs':
      return { kind: 'allocs', path, allocs: await allocsPass(parallelOperations(driver, parallel), wanted) };
    case 'paths':
    case 'cpu': {
      const record = await cpuPass(driver, job.benchTime, parallel);
      return { kind: 'profiled', path, profiled: profiledCpu(record, driver.fn.name) };
    }
    case 'heap':
    case 'inuse': {
      const window = job.pass === 'heap' ? 'allocated' : 'in use';
      const record = await heapPass(driver, window, { benchmark: wanted, parallel });
      return { kind: 'profiled', path, profiled: profiledHeap(record, driver.fn.name) };
    }
    case 'block':
    case 'mutex': {
      const profile = { kind: job.pass, rate: rateOf(job) };
      const record = await waitPass(driver, job.benchTime, { profile, parallel });
      return { kind: 'profiled', path, profiled: profiledWaits(record, driver.fn.name) };
    }
    case 'discover':
      throw new TypeError('discover measures nothing');
  }
}

async function runTask(job: Job, wanted: JobBenchmark, benchmark: Benchmark): Promise<Outcome> {
  const { path } = wanted;
  if (benchmark.kind !== 'task') throw new TypeError(`${path[0]} is no task`);
  const { bench, task } = benchmark;
  switch (job.pass) {
    case 'time':
    case 'race':
      return { kind: 'timed', path, timed: await timeTask(bench, task, job.benchTime) };
    case 'allocs':
      return { kind: 'allocs', path, allocs: await allocsPass(await taskOperations(bench, task), wanted) };
    case 'paths':
    case 'cpu':
      return { kind: 'profiled', path, profiled: profiledCpu(await cpuOfTask(task), undefined) };
    case 'heap':
    case 'inuse': {
      const record = await heapOfTask(bench, task, job.pass === 'heap' ? 'allocated' : 'in use');
      return { kind: 'profiled', path, profiled: profiledHeap(record, undefined) };
    }
    case 'block':
    case 'mutex': {
      const record = await waitsOfTask(task, { kind: job.pass, rate: rateOf(job) });
      return { kind: 'profiled', path, profiled: profiledWaits(record, undefined) };
    }
    case 'discover':
      throw new TypeError('discover measures nothing');
  }
}

/** The rate of a block profile is the user's; a mutex profile records all. */
function rateOf({ pass, blockRate }: Job): number {
  return pass === 'block' ? blockRate : defaultBlockRate;
}
