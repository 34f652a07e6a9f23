// Runs litmus programs of the race detector again and again: those whose name starts with R must be reported, those with
// N must be silent. At the desk, to find what is right only most of the time.
//   node scripts/litmus.mjs FOLDER… [--repeat=20] [--jobs=2] [--only=REGEXP]
// Another version of Node runs them where it runs this script.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { childEnv } from '../dist/run/child-env.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeat: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
  },
});

const programs = positionals
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((file) => /^[RN][-\d].*\.[cm]?[jt]s$/.test(basename(file)) && new RegExp(values.only).test(file));

const env = childEnv(process.env, { race: true });

/** Runs a program with the detector, for at most a minute. */
function watched(file) {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, [file], { env, stdio, timeout: 60_000 });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
    child.once('close', (status, signal) => resolve({ status, signal, text }));
  });
}

/** What is wrong with an end; undefined where it is right. */
function problemOf(file, { status, signal, text }) {
  const isRace = basename(file).startsWith('R');
  const reports = text.split('WARNING: DATA RACE').length - 1;
  if (isRace && status === 66 && reports > 0) return undefined;
  if (!isRace && status === 0 && text === '') return undefined;
  return `${basename(file)}: ${signal ?? `status ${status}`}, ${reports} report(s)\n${text.slice(0, 2000)}`;
}

const waiting = Array.from({ length: Number(values.repeat) }, () => programs).flat();
const count = waiting.length;
let right = 0;

async function run() {
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const problem = problemOf(file, await watched(file));
    if (problem === undefined) right++;
    else console.log(problem);
  }
}

await Promise.all(Array.from({ length: Number(values.jobs) }, run));
console.log(`${process.version}: ${right} of ${count} right`);
process.exitCode = right < count ? 1 : 0;
