// node [--cpu-prof] cpu-other.mjs FILE [OUTPUT]: runs a truth program's benchmark for some seconds, as a user of other
// profilers would; with OUTPUT under the package pprof, started behind the warm-up.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [file, output] = process.argv.slice(2);
const exported = await import(pathToFileURL(file).href);
const benchmark = Object.entries(exported).find(([name]) => name.startsWith('Benchmark'))[1];
let sink;
const b = {
  n: 1,
  keep(value) {
    sink = value;
  },
};

async function runFor(millis) {
  for (const end = performance.now() + millis; performance.now() < end; ) {
    const start = performance.now();
    await benchmark(b);
    if (performance.now() - start < 10) b.n *= 2;
  }
}

// From a task of its own: inside of the module's evaluation the loader would stand on every stack.
setImmediate(async () => {
  await runFor(500);
  if (output === undefined) return runFor(3000);
  const { default: pprof } = await import('pprof');
  const stop = pprof.time.start(1000, undefined, undefined, true);
  await runFor(3000);
  writeFileSync(output, await pprof.encode(stop()));
});

export { sink };
