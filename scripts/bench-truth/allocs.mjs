// Objects and bytes of one operation: prof, mitata, and the growth of the heap that tools without a profiler look at.
// What is true follows from V8's layout: 24 bytes for an object and 8 for each field, 32 for an array and 16 + 8n for its
// elements, 32 for two joined strings. Of what has no such
// rule the truth is what `process.memoryUsage()` grows by from 300 to 900 operations, with nothing collected.
import { join } from 'node:path';
import { profResults, runJson, withFolder } from './programs.mjs';

export const title = 'Allocations';
/** Values have to be the same to the object and the byte. */
export const limit = 0;

/** Name → expression of `x`, a small integer that the compiler does not know; objects; bytes, where a layout tells them. */
const programs = {
  nothing: ['x', 0, 0],
  '{ a: x, b: 2 }': ['{ a: x, b: 2 }', 1, 40],
  '[x, 1, 2, 3]': ['[x, 1, 2, 3]', 2, 80],
  '{ a: x, b: [1, x] }': ['{ a: x, b: [1, x] }', 3, 104],
  'an object of 4 fields': ['{ a: x, b: x, c: x, d: x }', 1, 56],
  'an instance of a class': ['new Point(x)', 1, 40],
  'a fraction in an object': ['{ a: x, b: x + 0.5 }', 2, 56],
  'new Array(8).fill(x)': ['new Array(8).fill(x)', 2, 112],
  'new Array(100).fill(x)': ['new Array(100).fill(x)', 2, 848],
  'a closure': ['closure(x)', 2, undefined],
  'two joined strings': ['words[x] + words[2 - x]', 1, 32],
  'new Map()': ['new Map()', 2, undefined],
  'new Set()': ['new Set()', 2, undefined],
  'a Map of 10': ['mapOf(10)', undefined, undefined],
  'new Uint8Array(20000)': ['new Uint8Array(20000)', 2, undefined],
  'new Uint8Array(50)': ['new Uint8Array(50)', 3, undefined],
  'Buffer.alloc(1000)': ['Buffer.alloc(1000)', 2, undefined],
  'new Float64Array(100)': ['new Float64Array(100)', 2, undefined],
  'an async call': ['later(x)', undefined, undefined, 'await '],
};

const prelude = `let x = 1;
class Point { constructor(a) { this.a = a; this.b = 2; } }
const closure = (a) => () => a;
const words = ['the first of two words', 'the second of two words', 'and one more word'];
const later = async (a) => a;
const mapOf = (n) => { const map = new Map(); for (let i = 0; i < n; i++) map.set(i, i); return map; };
`;
const entries = Object.entries(programs);
const loop = ([, [code, , , wait = '']], keep) =>
  `for (let i = 0; i < n; i++) ${keep(`${wait}${code.startsWith('{') ? `(${code})` : code}`)};`;
const kind = ([, [, , , wait]]) => (wait === undefined ? 'function' : 'async function');

const name = (i) => `Benchmark${String.fromCharCode(65 + i)}`;
const benchmarks = entries
  .map(
    (entry, i) =>
      `export ${kind(entry)} ${name(i)}(b) { const { n } = b; ${loop(entry, (code) => `b.keep(${code})`)} }\n`,
  )
  .join('');

const functions = `let kept;
const functions = [
${entries.map((entry) => `  ${kind(entry)} (n) { ${loop(entry, (code) => `kept = ${code}`)} },\n`).join('')}];
`;

/** Bytes by which memory grows: of a million operations, as is, and of as many as fit in before anything is collected. */
const growth = `${functions}import { performance, PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
setFlagsFromString('--no-concurrent-array-buffer-sweeping');
setFlagsFromString('--expose-gc');
const gc = (await import('node:vm')).runInNewContext('gc');
const used = () => { const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
async function grown(f, n) {
  const before = used();
  await f(n);
  return (used() - before) / n;
}
const result = [];
for (const f of functions) {
  for (let i = 0; i < 200; i++) await f(500);
  const plain = await grown(f, 100_000);
  const small = [];
  for (let i = 0; i < 9; i++) {
    gc();
    await f(100);
    const [less, more] = [await grown(f, 300), await grown(f, 900)];
    small.push((3 * more - less) / 2);
  }
  result.push({ plain, small: small.sort((a, b) => a - b)[4] });
}
console.log(JSON.stringify(result));
if (kept === undefined) throw new Error('nothing was kept');
`;

const mitata = `${functions}import { measure } from '${import.meta.resolve('mitata')}';
import { getHeapStatistics } from 'node:v8';
const heap = () => { const { used_heap_size, malloced_memory } = getHeapStatistics(); return used_heap_size + malloced_memory; };
const result = [];
for (const f of functions) {
  const { heap: { avg } } = await measure(() => f(1), { heap, min_cpu_time: 1e8 });
  result.push(avg);
}
console.log(JSON.stringify(result));
if (kept === undefined) throw new Error('nothing was kept');
`;

/** Rows of the programs whose name matches, objects and bytes of each. */
export function run({ node, match }) {
  const files = {
    'a.bench.mjs': `${prelude}${benchmarks}`,
    'growth.mjs': `${prelude}${growth}`,
    'mitata.mjs': `${prelude}${mitata}`,
  };
  return withFolder(files, (folder) => {
    const results = profResults(node, join(folder, 'a.bench.mjs'), ['--benchtime=100ms']);
    // A young generation into which all that is measured fits.
    const grown = runJson(node, [
      '--min-semi-space-size=64',
      '--max-semi-space-size=64',
      join(folder, 'growth.mjs'),
    ]);
    const heaps = runJson(node, [join(folder, 'mitata.mjs')]);
    return entries.flatMap(([program, [, objects, bytes]], i) => {
      if (!match.test(program)) return [];
      const { allocsPerOp, bytesPerOp } = results[i];
      const others = { mitata: heaps[i], heapUsed: grown[i].plain };
      const truth = bytes ?? Math.round(grown[i].small);
      return [
        ...(objects === undefined
          ? []
          : [{ program, unit: 'objects', truth: objects, readings: { prof: allocsPerOp } }]),
        { program, unit: 'B', truth, readings: { prof: bytesPerOp, ...others } },
      ];
    });
  });
}
