// Objects and bytes of one operation: prof, and the growth of the heap that tools without a profiler look at. What is
// true follows from V8's layout: 24 bytes for an object and 8 for each field, 32 for an array and 16 + 8n for its elements.
import { join } from 'node:path';
import { profResults, runJson, withFolder } from './programs.mjs';

export const title = 'Allocations';

/** Name → expression, objects, bytes. */
const programs = {
  nothing: ['x', 0, 0],
  '{ a: x, b: 2 }': ['{ a: x, b: 2 }', 1, 40],
  '[x, 1, 2, 3]': ['[x, 1, 2, 3]', 2, 80],
  '{ a: x, b: [1, x] }': ['{ a: x, b: [1, x] }', 3, 104],
  'new Array(8).fill(x)': ['new Array(8).fill(x)', 2, 112],
  'new Array(100).fill(x)': ['new Array(100).fill(x)', 2, 848],
};

const name = (i) => `Benchmark${String.fromCharCode(65 + i)}`;
const benchmarks = Object.values(programs)
  .map(([code], i) => `export function ${name(i)}(b) { for (let i = 0; i < b.n; i++) b.keep(${code}); }\n`)
  .join('');

const growth = `let x = 1;
let kept;
const functions = [${Object.values(programs)
  .map(([code]) => `(n) => { for (let i = 0; i < n; i++) kept = (${code}); }`)
  .join(', ')}];
console.log(JSON.stringify(functions.map((f) => {
  for (let i = 0; i < 100; i++) f(1000);
  const before = process.memoryUsage().heapUsed;
  f(1e6);
  return (process.memoryUsage().heapUsed - before) / 1e6;
})));
if (kept === undefined) throw new Error('nothing was kept');
`;

/** Rows of the programs whose name matches, objects and bytes of each. */
export function run({ node, match }) {
  const files = { 'a.bench.mjs': `let x = 1;\n${benchmarks}`, 'growth.mjs': growth };
  return withFolder(files, (folder) => {
    const results = profResults(node, join(folder, 'a.bench.mjs'), ['--benchtime=100ms']);
    const grown = runJson(node, [join(folder, 'growth.mjs')]);
    return Object.entries(programs).flatMap(([program, [, objects, bytes]], i) => {
      if (!match.test(program)) return [];
      const { allocsPerOp, bytesPerOp } = results[i];
      return [
        { program, unit: 'objects', truth: objects, readings: { prof: allocsPerOp, heapUsed: null } },
        { program, unit: 'B', truth: bytes, readings: { prof: bytesPerOp, heapUsed: grown[i] } },
      ];
    });
  });
}
