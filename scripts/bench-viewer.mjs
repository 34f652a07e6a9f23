// What looking at profiles costs: whole processes, in turn, as Markdown for docs/performance.md.
//   npm run bench:viewer -- [--go GO] [--samples 3000,300000,3000000]     (--samples= for the start-up alone)
// GO is a go command (default: the variable GO); without one, Go's pprof is left out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { measureInTurn } from './bench-viewer/measure.mjs';
import { largeProfileFile } from './large-profile.mjs';

const { values: given } = parseArgs({
  options: { go: { type: 'string', default: process.env.GO }, samples: { type: 'string' } },
});
const text = { encoding: 'utf8' };
const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));
const node = process.execPath;
const prof = pathOf('../bin/prof.js');
const small = pathOf('../test/data/reports/cpu.pb.gz');

const sizes = (given.samples ?? '3000,300000,3000000').split(',').filter(Boolean).map(Number);

const folder = mkdtempSync(join(tmpdir(), 'bench-viewer-'));
try {
  console.log(machine());
  console.log(startUp());
  for (const samples of sizes) console.log(reading(samples));
} finally {
  rmSync(folder, { recursive: true });
}

function machine() {
  const go = given.go === undefined ? '' : `, ${execFileSync(given.go, ['env', 'GOVERSION'], text).trim()}`;
  return `Node.js ${process.versions.node}${go}, ${availableParallelism()} processors, ${process.platform} ${process.arch}.\n`;
}

/** Start-up against that of an empty program. */
function startUp() {
  const commands = {
    '`node -e 0`': [node, '-e', '0'],
    '`prof --version`': [node, prof, '--version'],
    '`prof top` of a small profile': [node, prof, 'top', small],
    '`prof top --cum` of it': [node, prof, 'top', '--cum', small],
  };
  const results = Object.entries(measureInTurn(commands, { runs: 31, memory: false }));
  const rows = results.map(([name, result]) => [name, ...shown(result)]);
  return table(['start-up', 'time', 'times `node -e 0`'], rows);
}

/** Large profiles take minutes where they are not read by prof. */
function runsOf(samples) {
  return samples <= 10_000 ? 11 : samples <= 1_000_000 ? 5 : 1;
}

/** Programs on one profile of that size. */
function reading(samples) {
  const file = join(folder, `${samples}.pb.gz`);
  writeFileSync(file, largeProfileFile(samples));
  const results = Object.entries(measureInTurn(programsOn(file), { runs: runsOf(samples), memory: true }));
  const rows = results.map(([name, result]) => [name, ...shown(result), megabytes(result?.bytes)]);
  const bytes = gunzipSync(readFileSync(file)).length;
  const head = `${samples.toLocaleString('en')} samples, ${megabytes(bytes)} unzipped`;
  return table([head, 'time', "times `prof top`'s", 'peak memory'], rows);
}

function programsOn(file) {
  const decoding = (decoder) => [node, pathOf('decode-with.mjs'), decoder, file];
  return {
    '`prof top`': [node, prof, 'top', file],
    ...(given.go === undefined
      ? {}
      : { '`go tool pprof -top`': [goPprof(), '-symbolize=none', '-top', file] }),
    "prof's decoder alone": decoding('prof'),
    'pprof-format alone': decoding('pprof-format'),
    'protobufjs alone': decoding('protobufjs'),
  };
}

/** The program itself: `go tool` takes its time to find it. */
function goPprof() {
  return execFileSync(given.go, ['tool', '-n', 'pprof'], text).trim();
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map(line).join('');
}

function shown(result) {
  if (result === undefined) return ['fails', ''];
  const { seconds, ratio } = result;
  const milliseconds = (seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0);
  return [seconds < 10 ? `${milliseconds} ms` : `${seconds.toFixed(1)} s`, ratio.toFixed(2)];
}

function megabytes(bytes = Number.NaN) {
  return Number.isNaN(bytes) ? '' : `${Math.round(bytes / 1e6)} MB`;
}
