// node cpu-parts.mjs FILE: nanoseconds that each part of a truth program takes, called in turn in blocks of some
// microseconds that are timed from outside, and what of that is garbage collection; as JSON.
import { PerformanceObserver } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const { parts } = await import(pathToFileURL(process.argv[2]).href);
const blockMicros = 50;
const warmupMillis = 500;
const measureMillis = 3000;

const collections = [];
new PerformanceObserver((list) => collections.push(...list.getEntries())).observe({ entryTypes: ['gc'] });

/** Takes what it gave before: the processor cannot work at two calls at once, as it cannot in the benchmark. */
class Part {
  constructor(name, call) {
    this.name = name;
    this.count = 1;
    this.calls = 0;
    this.millis = 0;
    this.rounds = 0;
    // Starts and ends; numbers in a fixed place leave nothing to the garbage collector.
    this.times = new Float64Array((4 * measureMillis * 1000) / blockMicros);
    // A loop of its own for each part, as its own call site is in the benchmark.
    const isAsync = typeof call(1, 0)?.then === 'function';
    this.run = new Function(
      'call',
      isAsync
        ? 'let x = 1, i = 0; return async (count) => { for (let k = 0; k < count; k++) x = await call(x, i++); };'
        : 'let x = 1, i = 0; return (count) => { for (let k = 0; k < count; k++) x = call(x, i++); };',
    )(call);
  }

  async block() {
    const start = performance.now();
    const done = this.run(this.count);
    if (done !== undefined) await done;
    const end = performance.now();
    this.times[2 * this.rounds] = start;
    this.times[2 * this.rounds + 1] = end;
    this.rounds = Math.min(this.rounds + 1, this.times.length / 2 - 1);
    this.calls += this.count;
    this.millis += end - start;
    return end - start;
  }

  reset() {
    this.calls = this.millis = this.rounds = 0;
  }
}

const all = Object.entries(parts).map(([name, call]) => new Part(name, call));
async function runFor(millis, each) {
  // Note: no task of its own in between; V8 would collect garbage there, where nobody measures.
  for (const end = performance.now() + millis; performance.now() < end; ) {
    for (const part of all) await each(part);
  }
}
await runFor(warmupMillis, async (part) => {
  const millis = await part.block();
  if (millis < blockMicros / 1000) part.count = Math.ceil(part.count * 1.5);
  else if (millis > blockMicros / 400) part.count = Math.ceil(part.count / 2);
});
for (const part of all) part.reset();
await runFor(measureMillis, (part) => part.block());
await new Promise((resolve) => setTimeout(resolve, 50));

console.log(JSON.stringify(Object.fromEntries(all.map((part) => [part.name, summary(part)]))));

function summary({ calls, millis, times, rounds }) {
  return { nanos: (millis * 1e6) / calls, garbageNanos: (garbageIn(times, rounds) * 1e6) / calls };
}

/** Milliseconds of garbage collection within rounds; both are in the order of time. */
function garbageIn(times, rounds) {
  let millis = 0;
  let at = 0;
  for (const { startTime, duration } of collections) {
    while (at < rounds && times[2 * at + 1] < startTime) at++;
    if (at < rounds && times[2 * at] <= startTime) millis += duration;
  }
  return millis;
}
