import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { decodeProfile } from '../../src/profile/decode.js';
import type { Profile } from '../../src/profile/profile.js';
import { samplesOf } from '../../src/profile/samples.js';

// What is inlined is in no profile.
for (const flag of ['--no-turbo-inlining', '--no-maglev-inlining', '--no-use-osr']) setFlagsFromString(flag);

// The compiled one: it starts threads, which load nothing but JavaScript.
const url = new URL('../../dist/pprof/index.js', import.meta.url).href;
const { handler, makePprofHandler }: typeof import('../../src/pprof/index.js') = await import(url);

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

async function profileFrom(address: string): Promise<Profile> {
  const response = await fetch(address);
  assert.equal(response.status, 200, address);
  return decodeProfile(new Uint8Array(await response.arrayBuffer()), address);
}

/** Names of functions in a profile, and threads. */
function namesIn(profile: Profile): { readonly names: Set<string>; readonly threads: Set<string> } {
  const samples = [...samplesOf(profile)];
  const names = new Set(samples.flatMap(({ stack }) => stack.map(({ name }) => name)));
  return { names, threads: new Set(samples.map(({ labels }) => labels['thread'] ?? '')) };
}

test('handler: what is answered to which request', async (t) => {
  const origin = await serve(t, (request, response) => void handler(request, response));
  const check = async (
    [method, path]: readonly [string, string],
    status: number,
    want: { readonly text?: RegExp; readonly type?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<void> => {
    const response = await fetch(`${origin}${path}`, { method, redirect: 'manual' });
    const what = `${method} ${path}`;
    assert.equal(response.status, status, what);
    if (want.type !== undefined) assert.equal(response.headers.get('content-type'), want.type, what);
    for (const [name, value] of Object.entries(want.headers ?? {}))
      assert.equal(response.headers.get(name), value, what);
    assert.match(await response.text(), want.text ?? /^/, what);
  };
  const plain = 'text/plain; charset=utf-8';
  const wrong = { type: plain, text: /^invalid value for "seconds" - must be a positive integer\n$/ };
  const html = 'text/html; charset=utf-8';
  await check(['GET', '/debug/pprof/'], 200, {
    type: html,
    text: /<a href="profile\?seconds=30">profile<\/a>/,
  });
  await check(['GET', '/debug/pprof'], 301, { headers: { location: './pprof/' } });
  await check(['HEAD', '/debug/pprof/'], 200, { type: html, text: /^$/ });
  const download = {
    'content-disposition': 'attachment; filename="profile"',
    'x-content-type-options': 'nosniff',
  };
  await check(['HEAD', '/debug/pprof/profile'], 200, { type: 'application/octet-stream', headers: download });
  await check(['GET', '/debug/pprof/cmdline'], 200, {
    type: plain,
    text: /node[^\0]*\0.*handler\.test\.ts/s,
  });
  await check(['GET', '/debug/pprof/threads'], 200, { type: plain, text: /^main .*\n/ });
  await check(['GET', '/debug/pprof/nothing'], 404, { type: plain, text: /^Unknown profile\n$/ });
  await check(['GET', '/debug/pprof/heap/more'], 404);
  await check(['GET', '/debug/pprof/<script>'], 404, { text: /^Unknown profile\n$/ });
  for (const name of ['profile', 'heap', 'allocs', 'block', 'mutex'])
    for (const seconds of ['0', '-1', '1.5', 'x', '', '1e3', '99999999999'])
      await check(['GET', `/debug/pprof/${name}?seconds=${seconds}`], 400, wrong);
  for (const method of ['POST', 'PUT', 'DELETE'])
    await check([method, '/debug/pprof/heap'], 405, { headers: { allow: 'GET, HEAD' } });
});

test('handler: where it is mounted', async (t) => {
  const check = async (mount: string, path: string, status: number): Promise<void> => {
    // Express takes the mount off the path, and keeps the whole of it.
    const origin = await serve(t, (request, response) => {
      Object.assign(request, {
        originalUrl: request.url,
        url: (request.url ?? '').slice(mount.length) || '/',
      });
      void handler(request, response);
    });
    assert.equal((await fetch(`${origin}${path}`, { redirect: 'manual' })).status, status, path);
  };
  await check('/debug/pprof', '/debug/pprof/', 200);
  await check('/debug/pprof', '/debug/pprof', 301);
  await check('/debug/pprof', '/debug/pprof/threads?x=1', 200);
  await check('/internal', '/internal/threads', 200);
  await check('/internal', '/internal', 301);
  await check('/internal', '/internal/', 200);
  await check('', '/admin/debug/pprof/threads', 200);
});

test('handler: the index as text for those who ask for text', async (t) => {
  const origin = await serve(t, (request, response) => void handler(request, response));
  const response = await fetch(`${origin}/debug/pprof/`, { headers: { accept: 'text/plain' } });
  assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.match(await response.text(), /^\/debug\/pprof\/\n\nprofile\?seconds=30\n {4}CPU profile/);
});

const spin = 'function spin(end) { let x = 1; while (Date.now() < end) x = Math.sqrt(x + 1); return x; }';

test('handler: a CPU profile of all threads, one at a time', async (t) => {
  const origin = await serve(t, (request, response) => void handler(request, response));
  const worker = new Worker(`${spin} setInterval(() => spin(Date.now() + 20), 1);`, {
    ...{ eval: true, execArgv: [], env: {}, name: 'pool' },
  });
  t.after(() => worker.terminate());
  await once(worker, 'online'); // on a busy machine that takes as long as a profile
  const timer = setInterval(() => burnInMain(Date.now() + 20), 1);
  t.after(() => clearInterval(timer));
  const first = profileFrom(`${origin}/debug/pprof/profile?seconds=1`);
  let second: Response;
  do second = await fetch(`${origin}/debug/pprof/profile?seconds=1`);
  while (second.status === 200); // the other one may have come first
  assert.deepEqual(
    [second.status, second.headers.get('x-go-pprof'), await second.text()],
    [500, '1', 'Could not enable profiling: cpu profiling already in use\n'],
  );
  const { names, threads } = namesIn(await first);
  assert.ok(names.has('burnInMain') && names.has('spin'), [...names].join());
  assert.deepEqual([...threads].sort(), ['main', `pool-${worker.threadId}`]);
});

function burnInMain(end: number): number {
  let x = 1;
  while (Date.now() < end) x = Math.sqrt(x + 1);
  return x;
}

test('handler: a client that goes away ends its profile', async (t) => {
  let onClosed: (value: unknown) => void = () => {};
  const closed = new Promise((resolve) => {
    onClosed = resolve;
  });
  const origin = await serve(t, (request, response) => {
    response.once('close', onClosed);
    void handler(request, response);
  });
  const asked = request(`${origin}/debug/pprof/profile?seconds=1000`).end();
  asked.on('error', () => {});
  asked.once('socket', (socket) => socket.once('connect', () => setImmediate(() => asked.destroy())));
  await closed;
  await profileFrom(`${origin}/debug/pprof/profile?seconds=1`); // would be refused otherwise
});

const kept: unknown[] = [];
function keepInMain(count: number): void {
  for (let i = 0; i < count; i++) kept.push(new Array(100).fill(i));
}

test('handler: memory in use, its growth, and what is allocated', async (t) => {
  const origin = await serve(t, (request, response) => void handler(request, response));
  keepInMain(100_000); // some 85 MB
  const heap = await profileFrom(`${origin}/debug/pprof/heap?gc=1`);
  assert.deepEqual(
    heap.sampleTypes.map(({ type, unit }) => `${type}/${unit}`),
    ['inuse_objects/count', 'inuse_space/bytes'],
  );
  assert.equal(heap.period, 524288n);
  assert.ok(namesIn(heap).names.has('keepInMain'));
  const timer = setInterval(() => keepInMain(1000), 1);
  const [growth] = await Promise.all([profileFrom(`${origin}/debug/pprof/heap?seconds=1`)]);
  assert.ok(namesIn(growth).names.has('keepInMain'));
  const allocs = await profileFrom(`${origin}/debug/pprof/allocs?seconds=1`);
  clearInterval(timer);
  assert.equal(allocs.sampleTypes[1]?.type, 'alloc_space');
  assert.ok(namesIn(allocs).names.has('keepInMain'));
});

test('handler: memory of workers, those that were there and those that come later', async (t) => {
  const code = `const kept = [];
function keepInWorker() { for (let i = 0; i < 20_000; i++) kept.push(new Array(100).fill(i)); }
keepInWorker();
setInterval(function drop() { for (let i = 0; i < 2000; i++) new Array(100).fill(i); }, 1);
require('node:worker_threads').parentPort.postMessage('kept');`;
  const start = async (): Promise<void> => {
    const worker = new Worker(code, { eval: true, execArgv: [], env: {}, name: 'pool' });
    t.after(() => worker.terminate());
    await once(worker, 'message');
  };
  const origin = await serve(t, makePprofHandler());
  await start();
  await start();
  const threadsOf = (profile: Profile, leaf: string): string[] =>
    [...samplesOf(profile)]
      .filter(({ stack }) => stack.some(({ name }) => name === leaf))
      .map(({ labels }) => labels['thread'] ?? '');
  const heap = threadsOf(await profileFrom(`${origin}/debug/pprof/heap`), 'keepInWorker');
  assert.equal(new Set(heap).size, 2);
  assert.ok(
    heap.every((thread) => /^pool-\d+$/.test(thread)),
    heap.join(),
  );
  const allocs = await profileFrom(`${origin}/debug/pprof/allocs?seconds=1`);
  assert.equal(new Set(threadsOf(allocs, 'drop')).size, 2);
});

test('handler: without memory profiles, and longer than the server waits', async (t) => {
  const none = makePprofHandler({ memProfileRate: 0 });
  const origin = await serve(t, (request: IncomingMessage, response) => {
    if (request.url?.includes('timeout')) request.socket.setTimeout(5000);
    void none(request, response);
  });
  const heap = await fetch(`${origin}/debug/pprof/heap`);
  assert.equal(heap.status, 500);
  assert.match(await heap.text(), /^memory is not sampled here: memProfileRate is 0/);
  for (const query of ['profile?timeout', 'profile?timeout&seconds=5']) {
    const long = await fetch(`${origin}/debug/pprof/${query}`);
    assert.equal(long.status, 400);
    assert.equal(await long.text(), "profile duration exceeds server's timeout\n");
  }
});

test('handler: where all threads wait, and who holds their locks', async (t) => {
  const origin = await serve(t, (request, response) => void handler(request, response));
  const { Mutex, shared } = await import('prof-toolkit/sync');
  const mutex = new Mutex(shared('test: waits', Mutex.bytes));
  const code = `const { parentPort, workerData } = require('node:worker_threads');
import(workerData).then(({ Mutex, shared }) => {
  const mutex = new Mutex(shared('test: waits', Mutex.bytes));
  const idle = new Int32Array(new SharedArrayBuffer(4));
  setInterval(function hold() {
    mutex.lock();
    Atomics.wait(idle, 0, 0, 20);
    mutex.unlock();
    parentPort.postMessage('held');
  }, 1);
});`;
  const workerData = import.meta.resolve('prof-toolkit/sync');
  const worker = new Worker(code, { eval: true, execArgv: [], env: {}, name: 'pool', workerData });
  const asking = setInterval(function ask() {
    mutex.lock();
    mutex.unlock();
  }, 5);
  t.after(() => {
    clearInterval(asking); // first: a worker that is stopped may hold the lock
    return worker.terminate();
  });
  await once(worker, 'message'); // on a busy machine it starts late
  const [block, mutexes] = await Promise.all(
    ['block', 'mutex'].map((name) => profileFrom(`${origin}/debug/pprof/${name}?seconds=3`)),
  );
  assert.ok(block !== undefined && mutexes !== undefined);
  const found = (profile: Profile, leaf: string, thread: RegExp): boolean =>
    [...samplesOf(profile)].some(
      ({ stack, labels }) => stack[0]?.name === leaf && thread.test(labels['thread'] ?? ''),
    );
  assert.deepEqual(
    block.sampleTypes.map(({ type, unit }) => `${type}/${unit}`),
    ['contentions/count', 'delay/nanoseconds'],
  );
  assert.ok(found(block, 'Mutex.lock', /^main$/));
  assert.ok(found(block, 'Atomics.wait', /^pool-\d+$/));
  assert.ok(found(mutexes, 'Mutex.unlock', /^pool-\d+$/));
  assert.ok(block.comments.some((comment) => comment.startsWith('# awaits are not in it')));
});
