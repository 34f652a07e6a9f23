import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeProfile } from '../../src/profile/decode.js';
import type { Profile } from '../../src/profile/profile.js';
import { samplesOf } from '../../src/profile/samples.js';
import { type Running, runProfRun } from '../run/run-program.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

const isWindows = process.platform === 'win32';

function readProfile(path: string): Profile {
  return decodeProfile(readFileSync(path), path);
}

/** What a function costs with all that it calls, in samples or objects, by thread. */
function cumOf(profile: Profile, name: string): Map<string, number> {
  const cum = new Map<string, number>();
  for (const { stack, values, labels } of samplesOf(profile)) {
    if (!stack.some((frame) => frame.name === name)) continue;
    const thread = labels['thread'] ?? '';
    cum.set(thread, (cum.get(thread) ?? 0) + (values[0] ?? 0));
  }
  return cum;
}

// Works for a while, says so, and ends in the way that its first argument names.
const body = `
function work(millions) {
  let x = 1;
  for (let i = 0; i < millions * 1e6; i++) x = Math.sqrt(x + i);
  return x;
}
const ways = {
  end() {},
  status() { process.exitCode = 3; },
  exit() { process.exit(4); },
  'exit in exit'() { process.on('exit', () => process.exit(5)); },
  throw() { throw new Error('boom'); },
  'throw in exit'() { process.on('exit', () => { throw new Error('boom'); }); },
  reject() { Promise.reject(new Error('boom')); },
  kill() { process.kill(process.pid, 'SIGTERM'); console.log('never seen'); },
  abort() { process.abort(); },
  idle() { setInterval(() => {}, 1000); },
  busy() { for (;;) work(10); },
  waiting() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); },
  handler() { ways.idle(); process.on('SIGTERM', () => { console.log('handled'); process.exit(6); }); },
  'handler once'() {
    ways.idle();
    process.once('SIGTERM', () => { console.log('handled'); process.kill(process.pid, 'SIGTERM'); });
  },
  'handler of exit-hook libraries'() {
    ways.idle();
    const end = () => {
      if (process.listeners('SIGTERM').length > 1) return console.log('not alone');
      process.off('SIGTERM', end);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', end);
  },
};
work(20);
const how = process.argv[2];
const isListening = how.startsWith('handler');
if (isListening) ways[how]();
console.log('ready');
if (!isListening) ways[how]();
`;
const files = {
  'program.cjs': body,
  'program.mjs': `import 'node:fs';\n${body}`,
  'program.ts': `import type { Stats } from 'node:fs';\n${body.replace('(millions)', '(millions: number): number')}export {};\n`,
};

/** How a program ends: by a status or by a signal, after it was sent one, and what it prints besides. */
interface Way {
  readonly ends: number | NodeJS.Signals;
  readonly send?: NodeJS.Signals;
  readonly prints?: string;
}

const ways: Readonly<Record<string, Way>> = {
  end: { ends: 0 },
  status: { ends: 3 },
  exit: { ends: 4 },
  'exit in exit': { ends: 5 },
  throw: { ends: 1 },
  'throw in exit': { ends: 1 },
  reject: { ends: 1 },
  ...(isWindows
    ? {}
    : {
        kill: { ends: 'SIGTERM' },
        abort: { ends: 134 }, // as the shell says it: a second core file would be of no use
        'idle SIGINT': { ends: 'SIGINT', send: 'SIGINT' },
        'idle SIGTERM': { ends: 'SIGTERM', send: 'SIGTERM' },
        'idle SIGHUP': { ends: 'SIGHUP', send: 'SIGHUP' },
        'busy SIGINT': { ends: 'SIGINT', send: 'SIGINT' },
        'waiting SIGTERM': { ends: 'SIGTERM', send: 'SIGTERM' },
        handler: { ends: 6, send: 'SIGTERM', prints: 'handled\n' },
        'handler once': { ends: 'SIGTERM', send: 'SIGTERM', prints: 'handled\n' },
        'handler of exit-hook libraries': { ends: 'SIGTERM', send: 'SIGTERM' },
      }),
};

async function checkWay(cwd: string, script: string, name: string): Promise<void> {
  const way = ways[name];
  assert.ok(way !== undefined);
  const sendTo = (run: Running): void => {
    if (way.send !== undefined) run.kill(way.send);
  };
  const file = `${script}.${name}.cpu`;
  const ended = await runProfRun([`--cpuprofile=${file}`, '--', script, name.replace(/ SIG\w+$/, '')], {
    cwd,
    onLine: (line, run) => line === 'ready' && sendTo(run),
  });
  const what = `${script}: ${name}\n${ended.stderr}`;
  assert.equal(ended.signal ?? ended.status, way.ends, what);
  assert.equal(ended.stdout, `ready\n${way.prints ?? ''}`, what);
  assert.ok(ended.stderr.endsWith(`prof: wrote ${file}\n`), what);
  assert.doesNotMatch(ended.stderr, /debugger/, what);
  assert.ok((cumOf(readProfile(join(cwd, file)), 'work').get('main') ?? 0) > 0, what);
}

for (const name of Object.keys(ways)) {
  test(`prof run: a whole profile where a program ends by: ${name}`, async (t) => {
    const cwd = tempFolder(t, files);
    await checkWay(cwd, 'program.cjs', name);
    if (['end', 'exit', 'throw', 'reject', 'idle SIGTERM'].includes(name))
      await Promise.all(['program.mjs', 'program.ts'].map((script) => checkWay(cwd, script, name)));
  });
}

test('prof run: a signal comes exactly once, to prof alone or to all processes', {
  skip: isWindows,
}, async (t) => {
  const cwd = tempFolder(t, {
    'count.cjs': `
      let count = 0;
      process.on('SIGINT', () => {
        console.log('SIGINT', ++count);
        if (count === 3) setTimeout(() => process.exit(7), 400); // time for one too many
      });
      setInterval(() => {}, 1000);
      console.log('ready');
      if (process.argv[2] === 'busy') for (const end = Date.now() + 300; Date.now() < end; );
    `,
  });
  const check = async (way: 'kill' | 'killGroup', mode: string): Promise<void> => {
    let sent = 0;
    const ended = await runProfRun(['--cpuprofile=c.cpu', 'count.cjs', mode], {
      cwd,
      // Each one is sent when the one before has come; what came twice would be numbered on.
      onLine: (line, run) => {
        if (line !== (sent === 0 ? 'ready' : `SIGINT ${sent}`) || sent === 3) return;
        sent++;
        run[way]('SIGINT');
      },
    });
    assert.equal(ended.stdout, 'ready\nSIGINT 1\nSIGINT 2\nSIGINT 3\n', `${way} ${mode}`);
    assert.deepEqual([ended.status, ended.signal], [7, null]);
  };
  for (const mode of ['idle', 'busy'])
    for (const way of ['kill', 'killGroup'] as const) await check(way, mode);
});

test('prof run: Ctrl-C ends a program once, and what it leaves is written all the same', {
  skip: isWindows,
}, async (t) => {
  const cwd = tempFolder(t, { 'program.cjs': body });
  const ended = await runProfRun(['--cpuprofile=c.cpu', '--memprofile=c.mem', 'program.cjs', 'busy'], {
    cwd,
    onLine: (line, run) => {
      if (line === 'ready') for (let i = 0; i < 5; i++) run.killGroup('SIGINT');
    },
  });
  assert.deepEqual([ended.signal, ended.stderr], ['SIGINT', 'prof: wrote c.cpu, c.mem\n']);
});

test('prof run: a program that is killed outright leaves nothing, and prof says so', {
  skip: isWindows,
}, async (t) => {
  const cwd = tempFolder(t, {
    'kill.cjs': "require('node:child_process').execSync('kill -KILL ' + process.pid);",
    'old.cpu': 'what was there before',
  });
  const ended = await runProfRun(['--cpuprofile=old.cpu', 'kill.cjs'], { cwd });
  assert.deepEqual(
    [ended.signal, ended.stderr],
    ['SIGKILL', 'prof: no profile was written: the program was killed by SIGKILL\n'],
  );
  assert.equal(readFileSync(join(cwd, 'old.cpu'), 'utf8'), 'what was there before');
});

test('prof run: a program does not outlive a prof that is killed', { skip: isWindows }, async (t) => {
  const cwd = tempFolder(t, { 'program.cjs': body });
  // Its output ends when the last process that holds it has ended.
  const ended = await runProfRun(['--cpuprofile=c.cpu', 'program.cjs', 'busy'], {
    cwd,
    onLine: (line, run) => line === 'ready' && run.kill('SIGKILL'),
  });
  assert.deepEqual([ended.signal, ended.stdout, ended.stderr], ['SIGKILL', 'ready\n', '']);
});

test('prof run: a program sees of prof nothing but its load hooks', async (t) => {
  const look = `
    const { threadId } = require('node:worker_threads');
    const { fork } = require('node:child_process');
    console.log(JSON.stringify({
      argv: process.argv.slice(1), execArgv: process.execArgv, options: process.env.NODE_OPTIONS ?? null,
      env: Object.keys(process.env).filter((name) => name.startsWith('PROF')),
      signals: ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'].map((name) => process.listenerCount(name)),
      main: require.main === module, cwd: process.cwd(), threadId,
    }));
    process.stdin.setEncoding('utf8').on('data', (text) => console.log('read', text));
    if (process.argv[2] !== 'child') fork(__filename, ['child'], { silent: false });
  `;
  const cwd = tempFolder(t, { 'look.cjs': look });
  const words = ['--cum', '-v', '--', '--cpuprofile=other', 'a b', ''];
  const run = await runProfRun(
    ['-cpuprofile', 'c.cpu', '--node-option=--no-warnings', 'look.cjs', ...words],
    { cwd, input: 'hello' },
  );
  const [own, ...rest] = run.stdout.split('\n');
  const seen = (argv: readonly string[]): object => ({
    argv: [join(cwd, 'look.cjs'), ...argv],
    execArgv: ['--no-warnings'],
    options: null,
    env: [],
    signals: [0, 0, 0, 0],
    main: true,
    cwd,
    threadId: 0,
  });
  assert.deepEqual(JSON.parse(own ?? ''), seen(words));
  const child = rest.find((line) => line.startsWith('{'));
  assert.deepEqual(JSON.parse(child ?? ''), seen(['child']));
  assert.ok(rest.includes('read hello'));
  // The child has recorded nothing, and written over nothing.
  assert.deepEqual([run.status, run.stderr], [0, 'prof: wrote c.cpu\n']);
});

const burn = `
  function burn(millions) { let x = 1; for (let i = 0; i < millions * 1e6; i++) x = Math.sqrt(x + i); return x; }
`;

test('prof run: all threads, however they are started and however they end', async (t) => {
  const ends: Readonly<Record<string, string>> = {
    natural: 'burn(20);',
    exit: 'burn(20); process.exit(4);',
    throws: "burn(20); throw new Error('boom');",
    terminated: "burn(20); parentPort.postMessage('terminate'); setInterval(() => {}, 1000);",
    'terminated busy': "burn(20); parentPort.postMessage('terminate'); for (;;) burn(10);",
    'terminated waiting':
      "burn(20); parentPort.postMessage('terminate'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
    'with the process': "burn(20); parentPort.postMessage('exit'); for (;;) burn(10);",
    nested: `
      const inner = new Worker('const { parentPort } = require("node:worker_threads");' + ${JSON.stringify(burn)} +
        'burn(20); parentPort.postMessage(0); for (;;) burn(10);', { eval: true });
      inner.once('message', () => inner.terminate());
    `,
  };
  const script = `
    const { Worker, SHARE_ENV } = require('node:worker_threads');
    const head = 'const { parentPort, Worker } = require("node:worker_threads");' + ${JSON.stringify(burn)};
    const options = {
      natural: { env: SHARE_ENV }, exit: { execArgv: [] }, throws: { env: { A: '1' } },
      terminated: { execArgv: ['--no-warnings'], env: {} },
    };
    const ends = ${JSON.stringify(ends)};
    const isAlive = new Set(Object.keys(ends));
    for (const [name, code] of Object.entries(ends)) {
      const worker = new Worker(head + code, { eval: true, name, ...options[name] });
      worker.on('error', () => {}).on('exit', (status) => {
        isAlive.delete(name);
        console.log(name, status);
        if (isAlive.size === 1) process.exit(5);
      });
      worker.on('message', (what) => what === 'terminate' && worker.terminate());
    }
  `;
  const cwd = tempFolder(t, { 'threads.cjs': script });
  const run = await runProfRun(['--cpuprofile=c.cpu', '--memprofile=c.mem', 'threads.cjs'], { cwd });
  assert.deepEqual([run.status, run.stderr], [5, 'prof: wrote c.cpu, c.mem\n']);
  const statuses = [
    ...['exit 4', 'natural 0', 'nested 0', 'terminated 1', 'terminated busy 1', 'terminated waiting 1'],
    'throws 1',
  ];
  assert.deepEqual(run.stdout.trim().split('\n').sort(), statuses);
  const threads = [...cumOf(readProfile(join(cwd, 'c.cpu')), 'burn').keys()];
  assert.equal(threads.length, Object.keys(ends).length, threads.join()); // of the nested ones the inner
});

test('prof run: memory, allocated or in use, scaled up from samples', async (t) => {
  const cwd = tempFolder(t, {
    'alloc.cjs': `
      const { Worker, isMainThread } = require('node:worker_threads');
      const kept = (globalThis.kept = new Array(20000));
      function lose(i) { return { a: i, b: i }; }
      function keep(i) { kept[i] = [i, i, i, i]; }
      for (let i = 0; i < 20000; i++) { lose(i); keep(i); }
      if (isMainThread) new Worker(__filename);
    `,
  });
  // 40 B an object; 80 B and two objects an array with its elements.
  const check = async (
    words: readonly string[],
    want: Readonly<Record<string, readonly [objects: number, bytes: number]>>,
  ): Promise<void> => {
    const run = await runProfRun(['--memprofile=c.mem', ...words, 'alloc.cjs'], { cwd });
    assert.deepEqual([run.status, run.stderr], [0, 'prof: wrote c.mem\n']);
    const profile = readProfile(join(cwd, 'c.mem'));
    for (const [name, [objects, bytes]] of Object.entries(want)) {
      for (const thread of ['main', 'worker-2']) {
        const own = [...samplesOf(profile)].filter(
          ({ stack, labels }) => stack[0]?.name === name && labels['thread'] === thread,
        );
        const sums = [0, 1].map((at) => own.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
        const what = `${words.join(' ')}: ${name} in ${thread}: ${sums}, not ${objects},${bytes}`;
        const tolerance = words.includes('--memprofilerate=1') ? 0.1 : 0.5; // some four hundred samples
        for (const [i, wanted] of [objects, bytes].entries())
          assert.ok(Math.abs((sums[i] ?? 0) - wanted) <= Math.max(tolerance * wanted, 10_000), what);
      }
    }
    assert.equal(profile.defaultSampleType, words.includes('--inuse') ? 'inuse_space' : 'alloc_space');
  };
  const lose = [20_000, 800_000] as const;
  await check(['--memprofilerate=2048'], { lose });
  await check(['--memprofilerate=1'], { lose });
  await check(['--memprofilerate=1', '--inuse'], { lose: [0, 0], keep: [40_000, 1_600_000] });
});

test('prof run: a server in the program has its memory profiles, unless they are recorded', async (t) => {
  const url = new URL('../../dist/pprof/index.js', import.meta.url).href;
  const cwd = tempFolder(t, {
    'serve.mjs': `
      import { createServer } from 'node:http';
      import { handler } from '${url}';
      const server = createServer(handler).listen(0, '127.0.0.1', async () => {
        const answer = await fetch('http://127.0.0.1:' + server.address().port + '/debug/pprof/heap');
        console.log(answer.status, answer.ok || (await answer.text()));
        process.exit();
      });
    `,
  });
  const said = async (...words: string[]): Promise<string> =>
    (await runProfRun([...words, 'serve.mjs'], { cwd })).stdout;
  assert.equal(await said(), '200 true\n');
  assert.equal(await said('--cpuprofile=c.cpu'), '200 true\n');
  assert.equal(
    await said('--memprofile=c.mem'),
    '500 memory is not sampled here: prof run --memprofile does so\n\n',
  );
});

test('prof run: without a profile, without a script, with a wrong word', async (t) => {
  const cwd = tempFolder(t, {
    'a.cjs': 'process.exitCode = 9; console.log(process.argv[2]);',
    'folder/x': '',
  });
  const check = async (
    words: readonly string[],
    status: number,
    stderr: RegExp,
    stdout = '',
  ): Promise<void> => {
    const run = await runProfRun(words, { cwd });
    assert.match(run.stderr, stderr);
    assert.deepEqual([run.status, run.stdout], [status, stdout], words.join(' '));
  };
  const nothing =
    /^prof: nothing is recorded; ask for it with --cpuprofile=FILE, --memprofile=FILE or --blockprofile=FILE\n$/;
  await check(['a.cjs', '--cpuprofile=x'], 9, nothing, '--cpuprofile=x\n');
  await check(['--', 'a.cjs', 'b'], 9, nothing, 'b\n');
  await check(['a.cjs', '--', '-x'], 9, nothing, '--\n');
  await check(
    ['--cpuprofile=c.cpu', 'a'],
    1,
    /Cannot find module '.*[/\\]a'[\s\S]*\nprof: no profile was written: the program ended before/,
  );
  await check([], 2, /^prof: run: too few words\n/);
  await check(
    ['--cpuprofiel=x', 'a.cjs'],
    2,
    /^prof: run: unknown option "--cpuprofiel=x"\n {2}Did you mean --cpuprofile\?/,
  );
  await check(['--cpuprofile=no/x', 'a.cjs'], 1, /^prof: .*no[/\\]x: no such folder\n/);
  await check(['--cpuprofile=folder', 'a.cjs'], 1, /^prof: .*folder: is a folder\n/);
  await check(['--cpuprofile=x', '--memprofile=x', 'a.cjs'], 2, /^prof: .*x: would be written twice\n/);
  await check(
    ['--memprofilerate=0', '--memprofile=x', 'a.cjs'],
    2,
    /"0" is not a whole number of at least 1/,
  );
  await check(['--inuse', 'a.cjs'], 2, /^prof: run: a memory profile has no file to go to\n/);
});

test('prof run: functions that V8 would inline keep their time', async (t) => {
  const cwd = tempFolder(t, {
    'inline.cjs': `
      function mix(x) { x = Math.imul(x ^ (x >>> 15), 0x85ebca6b); return x ^ (x >>> 13); }
      function most(x) { for (let i = 0; i < 60; i++) x = mix(x); return x; }
      function some(x) { for (let i = 0; i < 20; i++) x = mix(x); return x; }
      let x = 1;
      for (let i = 0; i < 1000000; i++) x = some(most(x)) | 0;
    `,
  });
  await runProfRun(['--cpuprofile=c.cpu', 'inline.cjs'], { cwd });
  const profile = readProfile(join(cwd, 'c.cpu'));
  const [most, some] = ['most', 'some'].map((name) => cumOf(profile, name).get('main') ?? 0);
  const ratio = (most ?? 0) / (some ?? 0);
  assert.ok(ratio > 2 && ratio < 4.5, `${most} and ${some} samples`); // 3 by the work that they do
  assert.ok(profile.comments.includes('# flags: --no-turbo-inlining --no-maglev-inlining'));
});

test('prof run: both profiles of a program in every kind of file, from its first line on', async (t) => {
  const code = `
    const out = [];
    function parse(count) { for (let i = 0; i < count; i++) out.push(JSON.parse('{"a":[1,2,3],"b":"x"}')); }
    parse(100000);
  `;
  const typed = code.replace('out =', 'out: unknown[] =').replace('(count)', '(count: number): void');
  const cwd = tempFolder(t, {
    'a.cjs': code,
    'a.mjs': code,
    'a.ts': typed, // CommonJS by its syntax
    'b.ts': `${typed}export {};`,
    'a.mts': typed,
    'a.cts': typed,
  });
  for (const script of ['a.cjs', 'a.mjs', 'a.ts', 'b.ts', 'a.mts', 'a.cts']) {
    const run = await runProfRun(['--cpuprofile=c.cpu', '--memprofile=c.mem', script], { cwd });
    assert.deepEqual([run.status, run.stderr], [0, 'prof: wrote c.cpu, c.mem\n'], script);
    for (const file of ['c.cpu', 'c.mem']) {
      const samples = [...samplesOf(readProfile(join(cwd, file)))];
      const own = samples.filter(({ stack }) => stack.some(({ name }) => name === 'parse'));
      const sum = (some: typeof samples): number =>
        some.reduce((all, { values }) => all + (values[1] ?? 0), 0);
      assert.ok(sum(own) > 0, `${script}: ${file} has nothing of parse`);
      const places = own.flatMap(({ stack }) => stack.filter(({ name }) => name === 'parse'));
      for (const place of places) assert.equal(place.file, join(cwd, script), `${script}: ${file}`);
      assert.ok(
        samples.every(({ labels }) => labels['thread'] === 'main'),
        `${script}: ${file}`,
      );
      const foreign = samples.flatMap(({ stack }) => stack).find(({ file: path }) => /wasm|acorn/.test(path));
      assert.equal(foreign, undefined, `${script}: ${file}`);
    }
  }
});

test('prof run --race: a data race ends with 66, profiled or not; what prof shares is no order', async (t) => {
  const cwd = tempFolder(t, {
    'race.cjs': `
      const { Worker, isMainThread, workerData } = require('node:worker_threads');
      const counts = new Int32Array(isMainThread ? new SharedArrayBuffer(4) : workerData);
      if (isMainThread) for (let i = 0; i < 2; i++) new Worker(__filename, { workerData: counts.buffer, argv: [i] });
      else {
        for (const end = Date.now() + 200 * process.argv[2]; Date.now() < end; ); // the other has ended by then
        for (let i = 0; i < 1000; i++) counts[0]++;
      }
    `,
  });
  for (const words of [[], ['--cpuprofile=c.cpu']]) {
    const run = await runProfRun(['--race', ...words, 'race.cjs'], { cwd });
    assert.equal(run.status, 66, run.stderr);
    assert.match(run.stderr, /WARNING: DATA RACE[\s\S]*Found 1 data race\(s\)\n/);
  }
});

test('prof run: lines of calls in a worker thread, by the text', async (t) => {
  const script = `
    const { Worker, isMainThread } = require('node:worker_threads');
    const burn = (millis) => { for (const end = Date.now() + millis; Date.now() < end; ) spin(); };
    function spin() { for (let i = 0, x = 1; i < 1e5; i++) x = (x * 31) | 0; }
    function work() {
      burn(100);
    }
    if (isMainThread) new Worker(__filename);
    else work();
  `;
  const cwd = tempFolder(t, { 'lines.cjs': script });
  await runProfRun(['--cpuprofile=c.cpu', 'lines.cjs'], { cwd });
  const { stdout, stderr } = await runProf(['list', '--json', '^work$', 'c.cpu'], { cwd });
  assert.match(stderr, /^prof: note: lines of calls are told by the text/);
  const { functions }: { functions: { files: { lines: { line: number; cum: number }[] }[] }[] } =
    JSON.parse(stdout);
  const lines = functions[0]?.files[0]?.lines.filter(({ cum }) => cum > 0).map(({ line }) => line);
  assert.deepEqual(lines, [6]);
});
