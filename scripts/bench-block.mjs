// How right a block profile is, and what taking it costs a service that awaits five times a request.
//   npm run bench:block
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeProfile } from '../dist/profile/decode.js';
import { samplesOf } from '../dist/profile/samples.js';
import { quantile } from '../dist/stats/quantile.js';
import { sampleOf } from '../dist/stats/sample.js';

const scripts = dirname(fileURLToPath(import.meta.url));
const prof = join(scripts, '../bin/prof.js');
const folder = mkdtempSync(join(tmpdir(), 'bench-block-'));
const profile = join(folder, 'prof.block');
const rounds = 20;

try {
  printTruth();
  await printCost('five awaits of its turn', { path: '/', measured: 30_000 });
  await printCost('five awaits of a file', { path: '/files', measured: 5000 });
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
    const own = samples.filter(
      ({ stack, labels }) => labels.kind === kind && stack.some(({ name }) => name === `${kind}Wait`),
    );
    const [waits, nanos] = [0, 1].map((i) => own.reduce((sum, { values }) => sum + Number(values[i]), 0));
    const told = nanos / 1e6;
    const row = [kind, waits, `${millis.toFixed(1)} ms`, `${told.toFixed(1)} ms`, percent(told / millis - 1)];
    console.log(`| ${row.join(' | ')} |`);
  }
  console.log('');
}

/**
 * Processor time of a request to a service that is always busy, without and with a block profile, in turn. What else the machine does
 * only adds to it: of each the lower quartile is compared.
 */
async function printCost(what, load) {
  const modes = { 'without a profile': [], '--blockprofile': [`--blockprofile=${profile}`] };
  const micros = Object.fromEntries(Object.keys(modes).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, options] of Object.entries(modes))
      micros[name].push(await microsPerRequest(options, load));
  console.log(`| ${what} a request | lower quartile | least | median |`);
  console.log('| --- | ---: | ---: | ---: |');
  const shares = [0.25, 0, 0.5];
  const rows = Object.entries(micros).map(([name, values]) => ({
    name,
    took: shares.map((share) => quantile(sampleOf(values), share)),
  }));
  for (const { name, took } of rows)
    console.log(`| ${[name, ...took.map((each) => `${each.toFixed(1)} µs`)].join(' | ')} |`);
  const [without, profiled] = rows;
  const lost = shares.map((_, i) => percent(1 - without.took[i] / profiled.took[i]));
  console.log(`| throughput that is lost | ${lost.join(' | ')} |\n`);
}

async function microsPerRequest(options, { path, measured }) {
  const words = [prof, 'run', ...options, join(scripts, 'bench-block/service.mjs')];
  const service = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(service, 'exit');
  const port = Number(String((await once(service.stdout, 'data'))[0]));
  const ask = (path) => textOf({ port, path, host: '127.0.0.1' });
  const clients = await Promise.all(Array.from({ length: 16 }, () => connectTo(port, path)));
  const load = async (requests) => {
    let left = requests;
    await Promise.all(clients.map((client) => client(() => left-- > 0)));
  };
  await load(measured / 2); // what may be taken at once is taken by then
  const before = Number(await ask('/cpu'));
  await load(measured);
  const millis = Number(await ask('/cpu')) - before;
  await ask('/end');
  await ended;
  return (millis * 1000) / measured;
}

/** A client that costs less than the service, which is to be the one that is busy: it asks for as long as it is told to. */
async function connectTo(port, path) {
  const socket = connect({ port, host: '127.0.0.1' }).setEncoding('latin1').unref();
  await once(socket, 'connect');
  let more = () => false;
  let done = () => {};
  const ask = () => {
    if (more()) socket.write(`GET ${path} HTTP/1.1\r\nHost: service\r\n\r\n`);
    else done();
  };
  let text = '';
  socket.on('data', (piece) => {
    text += piece;
    if (!text.endsWith('done')) return;
    text = '';
    ask();
  });
  return (isMore) =>
    new Promise((resolve) => {
      [more, done] = [isMore, resolve];
      ask();
    });
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
