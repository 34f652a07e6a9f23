// How right a block profile is, and what taking it costs a service that awaits five times a request.
//   npm run bench:block
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeProfile } from '../dist/profile/decode.js';
import { samplesOf } from '../dist/profile/samples.js';

const scripts = dirname(fileURLToPath(import.meta.url));
const prof = join(scripts, '../bin/prof.js');
const folder = mkdtempSync(join(tmpdir(), 'bench-block-'));
const profile = join(folder, 'prof.block');

try {
  printTruth();
  await printCost();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What the profile says of each kind of wait, beside what the program has measured itself. */
function printTruth() {
  const program = join(scripts, 'bench-block/waits.mjs');
  const words = [prof, 'run', `--blockprofile=${profile}`, program];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const samples = [...samplesOf(decodeProfile(readFileSync(profile), profile))];
  console.log('| kind | waits | measured | in the profile | difference |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const [kind, millis] of Object.entries(JSON.parse(stdout))) {
    const own = samples.filter(({ stack, labels }) => labels.kind === kind && isProgram(stack, kind));
    const [waits, nanos] = [0, 1].map((i) => own.reduce((sum, { values }) => sum + Number(values[i]), 0));
    const told = nanos / 1e6;
    const row = [kind, waits, `${millis.toFixed(1)} ms`, `${told.toFixed(1)} ms`, percent(told / millis - 1)];
    console.log(`| ${row.join(' | ')} |`);
  }
  console.log('');
}

/** Of long turns, those that do what the program does in them. */
function isProgram(stack, kind) {
  return kind !== 'loop' || stack.some(({ name }) => name === 'busy');
}

/** Processor time of a request without and with a block profile, medians of runs in turn. */
async function printCost() {
  const modes = { 'without a profile': [], '--blockprofile': [`--blockprofile=${profile}`] };
  const micros = Object.fromEntries(Object.keys(modes).map((name) => [name, []]));
  for (let i = 0; i < 5; i++)
    for (const [name, options] of Object.entries(modes)) micros[name].push(await microsPerRequest(options));
  const medians = Object.values(micros).map((values) => values.sort((a, b) => a - b)[2]);
  console.log('| five awaits a request | processor time of a request |');
  console.log('| --- | ---: |');
  for (const [i, name] of Object.keys(modes).entries())
    console.log(`| ${name} | ${medians[i].toFixed(1)} µs |`);
  console.log(`\nthroughput that is lost: ${percent(1 - medians[0] / medians[1])}`);
}

async function microsPerRequest(options) {
  const service = spawn(
    process.execPath,
    [prof, 'run', ...options, join(scripts, 'bench-block/service.mjs')],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const ended = once(service, 'exit');
  const port = Number(String((await once(service.stdout, 'data'))[0]));
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const ask = (path) => textOf({ port, path, agent, host: '127.0.0.1' });
  const load = async (requests) => {
    let left = requests;
    const client = async () => {
      while (left-- > 0) await ask('/');
    };
    await Promise.all(Array.from({ length: 16 }, client));
  };
  await load(10_000);
  await ask('/begin');
  await load(20_000);
  const millis = Number(await ask('/end'));
  agent.destroy();
  await ended;
  return millis / 20;
}

function textOf(options) {
  return new Promise((resolve, reject) => {
    const request = get(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
  });
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
