// What comparing a million result lines costs: whole processes, in turn, as Markdown for docs/performance.md.
//   npm run bench:runs -- [--lines 1000000] [--runs 3]
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureInTurn } from './bench-viewer/measure.mjs';

const { values: given } = parseArgs({
  options: { lines: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '3' } },
});
const lines = Number(given.lines);
const prof = fileURLToPath(new URL('../bin/prof.js', import.meta.url));

/** Runs of so many names and repetitions; two files have half of the repetitions, or of the names, each. */
const shapes = [
  { title: '100 names, one file', files: 1, names: 100 },
  { title: '100 names, two files', files: 2, names: 100 },
  { title: 'a tenth as many names, 5 times, two files', files: 2, names: lines / 10 },
  { title: 'every name once, two files', files: 2, names: lines / 2 },
  { title: 'every name once, one file', files: 1, names: lines },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-runs-'));
try {
  console.log(`Node.js ${process.versions.node}, ${availableParallelism()} processors.\n`);
  console.log(
    `| ${lines.toLocaleString('en')} lines | command | time | processor | peak memory |\n| --- | --- | ---: | ---: | ---: |`,
  );
  for (const shape of shapes) measure(shape);
} finally {
  rmSync(folder, { recursive: true });
}

function measure({ title, files, names }) {
  const paths = ['old', 'new'].slice(0, files).map((name) => join(folder, name));
  for (const [i, path] of paths.entries())
    writeRun(path, names, { count: lines / names / files, slower: 1 + i / 50 });
  const commands = { '`prof stat`': [process.execPath, prof, 'stat', ...paths] };
  if (files === 2) commands['`prof cmp`'] = [process.execPath, prof, 'cmp', ...paths];
  const results = measureInTurn(commands, { runs: Number(given.runs), memory: true });
  for (const [command, result] of Object.entries(results)) {
    if (result === undefined) throw new Error(`${command} failed: ${title}`);
    const [time, cpu] = [result.seconds.toFixed(1), result.cpuSeconds.toFixed(1)];
    console.log(`| ${title} | ${command} | ${time} s | ${cpu} s | ${Math.round(result.bytes / 1e6)} MB |`);
  }
}

/** Writes a run: `count` repetitions of `names` benchmarks, with times that scatter by 5 %. */
function writeRun(path, names, { count, slower }) {
  const file = openSync(path, 'w');
  writeSync(file, 'goos: linux\ngoarch: amd64\npkg: example\n');
  let state = 1;
  for (let repetition = 0; repetition < count; repetition++) {
    for (let start = 0; start < names; start += 1000) {
      let text = '';
      for (let i = start; i < Math.min(names, start + 1000); i++) {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        const time = (100 + (i % 997)) * slower * (1 + (0.05 * state) / 2 ** 32);
        const [bytes, allocs] = [64 + (i % 9), 1 + (i % 5)];
        text += `BenchmarkName${i}/size=${i % 64}k-8\t1000000\t${time.toPrecision(4)} ns/op\t${bytes} B/op\t${allocs} allocs/op\n`;
      }
      writeSync(file, text);
    }
  }
  writeSync(file, 'PASS\n');
  closeSync(file);
}
