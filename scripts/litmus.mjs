// Runs litmus programs of the race detector again and again: those whose name starts with R must be reported, those with
// N must be silent. At the desk, to find what is right only most of the time.
//   node scripts/litmus.mjs FOLDER… [--repeat=20] [--jobs=2] [--only=REGEXP] [--delays=SEED]
// With --delays, threads are delayed at random, in each repetition in another way: repetition i has the seed SEED + i.
// Another version of Node runs them where it runs this script.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { childEnv } from '../dist/run/child-env.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeat: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    delays: { type: 'string' },
  },
});

const programs = positionals
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((file) => /^[RN][-\d].*\.[cm]?[jt]s$/.test(basename(file)) && new RegExp(values.only).test(file));

const prof = fileURLToPath(new URL('../bin/prof.js', import.meta.url));
const watched = childEnv(process.env, { race: true });
const delays = fileURLToPath(new URL('./litmus/delays.cjs', import.meta.url));

/** Runs a program as users do; what delays has to come behind the detector. */
function start({ file, seed }) {
  const options = { stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 };
  if (seed === undefined) return spawn(process.execPath, [prof, 'run', '--race', file], options);
  const required = `${watched.NODE_OPTIONS} --require "${delays}"`;
  const env = { ...watched, NODE_OPTIONS: required, LITMUS_DELAYS: seed };
  return spawn(process.execPath, [file], { ...options, env });
}

/** Runs a program with the detector, for at most a minute. */
function end(program) {
  return new Promise((resolve) => {
    const child = start(program);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
    child.once('close', (status, signal) => resolve({ status, signal, text }));
  });
}

/** What is wrong with an end; undefined where it is right. */
function problemOf({ file, seed }, { status, signal, text }) {
  const isRace = basename(file).startsWith('R');
  const reports = text.split('WARNING: DATA RACE').length - 1;
  if (isRace && status === 66 && reports > 0) return undefined;
  if (!isRace && status === 0 && text === '') return undefined;
  const name = seed === undefined ? basename(file) : `${basename(file)} --delays=${seed}`;
  return `${name}: ${signal ?? `status ${status}`}, ${reports} report(s)\n${text.slice(0, 2000)}`;
}

const waiting = Array.from({ length: Number(values.repeat) }, (_, i) => {
  if (values.delays === undefined) return programs.map((file) => ({ file }));
  const seed = String(Number(values.delays) + i);
  // What looks at the text of functions sees those that delay.
  return programs.filter((file) => !file.includes('function-text')).map((file) => ({ file, seed }));
}).flat();
const count = waiting.length;
let right = 0;

async function run() {
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const problem = problemOf(one, await end(one));
    if (problem === undefined) right++;
    else console.log(problem);
  }
}

await Promise.all(Array.from({ length: Number(values.jobs) }, run));
console.log(`${process.version}: ${right} of ${count} right`);
process.exitCode = right < count ? 1 : 0;
