// Nanoseconds of one call: prof, mitata, and tinybench timing each call, against a loop written by hand that
// runs in a process of its own. The loop leaves out the time that other programs had, as prof does.
import { join } from 'node:path';
import { inTurn, median, profResults, runJson, withFolder } from './programs.mjs';
import { timePrograms } from './time-programs.mjs';

export const title = 'Time';
/** Percent. */
export const limit = 5;

/** Programs that time `f` for about a second and print the nanoseconds of one call. */
const timers = {
  loop: `import { openSync, readSync } from 'node:fs';
import { f } from './f.mjs';
let waits;
try { waits = openSync('/proc/thread-self/schedstat'); } catch {}
const text = Buffer.alloc(64);
/** Nanoseconds that this thread has waited for a processor, which other programs had. */
function waited() {
  if (waits === undefined) return 0;
  return Number(text.toString('latin1', 0, readSync(waits, text, 0, 64, 0)).split(' ')[1]);
}
let kept = 1;
function timed(n) {
  const waitedBefore = waited();
  const start = process.hrtime.bigint();
  let x = 1;
  for (let i = 0; i < n; i++) x = f(x);
  const nanos = Number(process.hrtime.bigint() - start);
  kept = x;
  return nanos - (waited() - waitedBefore);
}
let n = 1;
let nanos = 0;
for (let total = 0; total < 1e9; total += nanos) {
  nanos = timed(n);
  if (nanos < 5e6) n = Math.ceil(n * Math.min(2, 6e6 / Math.max(nanos, 1)));
}
const calls = Math.max(1, Math.round((n * 2e8) / nanos));
const means = Array.from({ length: 5 }, () => timed(calls) / calls).sort((a, b) => a - b);
console.log(kept === undefined ? 0 : means[2]);
`,
  mitata: `import { f } from './f.mjs';
import { measure } from '${import.meta.resolve('mitata')}';
let x = 1;
const { avg } = await measure(() => (x = f(x)), { min_cpu_time: 1e9 });
console.log(avg);
`,
  'tinybench per call': `import { f } from './f.mjs';
import { Bench } from '${import.meta.resolve('tinybench')}';
let x = 1;
const bench = new Bench({ time: 1000 }).add('f', () => { x = f(x); });
await bench.run();
console.log(bench.tasks[0].result.latency.mean * 1e6);
`,
};

const benchmark = `import { f } from './f.mjs';
export function BenchmarkF(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) x = f(x);
  b.keep(x);
}
`;

const perCall = 'tinybench per call';
const tools = ['prof', 'mitata', perCall];

/**
 * Rows of the programs whose name matches. The error is the median of the rounds' own, `rounds` for prof and a third of them for
 * the others: a machine that is slow for some seconds is so for both.
 */
export function run({ node, match, rounds }) {
  const names = Object.keys(timePrograms).filter((name) => match.test(name));
  return names.map((name) => rowOf(name, { node, rounds }));
}

function rowOf(program, { node, rounds }) {
  const programs = Object.entries(timers).map(([name, source]) => [`${name}.mjs`, source]);
  const files = { 'f.mjs': timePrograms[program], 'f.bench.mjs': benchmark, ...Object.fromEntries(programs) };
  return withFolder(files, (folder) => {
    const timer = (name) => () => runJson(node, [join(folder, `${name}.mjs`)]);
    const prof = () => profResults(node, join(folder, 'f.bench.mjs'))[0].nsPerOp;
    const loop = timer('loop');
    const turns = inTurn({ prof, loop }, rounds);
    const others = inTurn(
      { loop, mitata: timer('mitata'), [perCall]: timer(perCall) },
      Math.ceil(rounds / 3),
    );
    const over = (value) =>
      Object.fromEntries(
        tools.map((tool) => [
          tool,
          median((tool === 'prof' ? turns : others).map((turn) => value(turn, tool))),
        ]),
      );
    return {
      ...{ program, unit: 'ns', truth: median(turns.map((turn) => turn.loop)) },
      readings: over((turn, tool) => turn[tool]),
      errors: over((turn, tool) => 100 * (turn[tool] / turn.loop - 1)),
    };
  });
}
