// node [FLAGS] overhead-one.mjs FILE [profiled]: nanoseconds an operation of a truth program's benchmark takes, with
// prof's CPU profiler running meanwhile or without, as JSON. Many short calls, as in prof's own pass.
import { pathToFileURL } from 'node:url';
import { cpuProfiler } from '../../dist/capture/cpu.js';

const [file, profiled] = process.argv.slice(2);
const exported = await import(pathToFileURL(file).href);
const benchmark = Object.entries(exported).find(([name]) => name.startsWith('Benchmark'))[1];
const warmupMillis = 500;
const measureMillis = 1000;
const callMillis = 0.5;
let sink;
const b = {
  n: 1,
  keep(value) {
    sink = value;
  },
};

/** @returns nanoseconds an operation */
async function runFor(millis) {
  let operations = 0;
  const start = performance.now();
  let end = start;
  while (end - start < millis) {
    await benchmark(b);
    operations += b.n;
    const now = performance.now();
    if (now - end < callMillis / 2) b.n *= 2;
    end = now;
  }
  return ((end - start) * 1e6) / operations;
}

// From a task of its own: inside of the module's evaluation the loader would stand on every stack.
setImmediate(async () => {
  await runFor(warmupMillis);
  const profiler = cpuProfiler(1000);
  if (profiled !== undefined) profiler.start();
  const nanos = await runFor(measureMillis);
  const ticks = profiled === undefined ? 0 : profiler.stop().sites.reduce((sum, site) => sum + site.ticks, 0);
  console.log(JSON.stringify({ nanos, ticks }));
});

export { sink };
