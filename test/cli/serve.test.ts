import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Starts `prof serve --port=0`, talks to it, and interrupts it; what it printed. */
async function serve(
  args: readonly string[],
  talk: (origin: string) => Promise<void>,
  cwd?: string,
): Promise<string> {
  let talking: Promise<void> | undefined;
  const { status, stdout, stderr } = await runProf(['serve', '--port=0', ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    onOutput: (text, kill) => {
      const origin = /at (http:.*)\/hi\n/.exec(text)?.[1];
      if (origin !== undefined) talking ??= talk(origin).finally(() => kill('SIGINT'));
    },
  });
  assert.ok(talking !== undefined, stderr);
  await talking;
  assert.deepEqual([status, stdout], [130, '']);
  return stderr;
}

test('prof serve: /hi and nothing else, until it is interrupted', async () => {
  const stderr = await serve(['step0'], async (origin) => {
    const hi = await fetch(`${origin}/hi?color=red`);
    assert.equal(await hi.text(), "<h1 style='color: red'>Welcome!</h1>You are visitor number 1!");
    assert.equal(hi.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal((await fetch(`${origin}/hi?color=!`)).status, 400);
    for (const path of ['/', '/hi/', '/high']) assert.equal((await fetch(origin + path)).status, 404, path);
  });
  assert.match(stderr, /^prof: serving step0 at http:\/\/127\.0\.0\.1:\d+\/hi\nprof: interrupted\n$/);
});

test('prof serve: the server does not outlive a killed prof', {
  skip: process.platform === 'win32',
}, async () => {
  let origin: string | undefined;
  await runProf(['serve', '--port=0', 'step0'], {
    onOutput: (text, kill) => {
      origin = /at (http:.*)\/hi\n/.exec(text)?.[1];
      if (origin !== undefined) kill('SIGKILL');
    },
  });
  // Standard error closes when the last that holds it has ended: the server.
  await assert.rejects(fetch(`${origin}/hi`), (error: Error & { cause?: unknown }) => {
    return error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNREFUSED';
  });
});

test('prof serve: every fixture that answers by its own memory', async () => {
  for (const step of ['step6', 'step7']) {
    await serve([step], async (origin) => {
      const texts = ['red', 'a_long_name_of_a_color_that_needs_more_room', ''].map(async (color) => {
        const text = await (await fetch(`${origin}/hi?color=${color}`)).text();
        assert.match(
          text,
          new RegExp(`^<h1 style='color: ${color}'>Welcome!</h1>You are visitor number \\d!$`),
        );
      });
      await Promise.all(texts);
    });
  }
});

test('prof serve: a handler that throws answers 500', async (t) => {
  const cwd = tempFolder(t, {
    'a.mts': "export async function handleIt(req: unknown, res: unknown) { throw new Error('boom'); }",
  });
  const talk = async (origin: string): Promise<void> => {
    for (const _ of [1, 2]) assert.equal((await fetch(`${origin}/hi`)).status, 500);
  };
  assert.match(await serve(['a.mts'], talk, cwd), /\nprof: \/hi: a\.mts:1: boom\n/);
});

test('prof serve: what cannot be served', async (t) => {
  const cwd = tempFolder(t, {
    'none.mjs': 'export const x = 1;',
    'boom.mjs': "throw new TypeError('boom');",
    'enum.mts': 'enum E { A }',
    'v/a.mjs': '',
    'v/b.mjs': '',
  });
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  t.after(() => blocker.close());
  const address = blocker.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const check = async (args: readonly string[], status: number, want: RegExp): Promise<void> => {
    const result = await runProf(['serve', ...args], { cwd });
    assert.match(result.stderr, want);
    assert.deepEqual([result.status, result.stdout], [status, '']);
  };
  await check(['none.mjs'], 1, /^prof: none\.mjs: exports no handler\n {2}Export a function handleXxx/);
  await check(['boom.mjs'], 1, /^prof: boom\.mjs:1: TypeError: boom\n$/);
  await check(['enum.mts'], 1, /^prof: \S*enum\.mts:1:1: TypeScript enum cannot be run .*\n {2}Use erasable/);
  await check(['v'], 1, /^prof: v: no handler here\n {2}Name the file that exports it/);
  await check(['stpe0'], 1, /^prof: unknown variant "stpe0"\n {2}Did you mean "step0"\?/);
  await check(
    ['step0', `--port=${port}`],
    1,
    /^prof: 127\.0\.0\.1:\d+: the port is in use\n {2}Choose another port/,
  );
  await check(
    ['step0', '--port=99999'],
    2,
    /^prof: --port: "99999" is not a port: 0 to 65535\n {2}Run `prof help serve`\.\n$/,
  );
  await check(['step0', '--port=x'], 2, /^prof: --port: "x" is not a whole number/);
});

test('prof serve: every report takes its profiles from /debug/pprof/', async () => {
  await serve(['step2'], async (origin) => {
    let isOver = false;
    const load = async (): Promise<void> => {
      while (!isOver) await (await fetch(`${origin}/hi?color=red`)).text();
    };
    const loads = [load(), load()];
    const check = async (words: readonly string[], want: RegExp): Promise<void> => {
      const { status, stdout, stderr } = await runProf(words);
      assert.equal(status, 0, `${words.join(' ')}\n${stderr}`);
      assert.match(stdout, want, words.join(' '));
    };
    const base = `${origin}/debug/pprof`;
    await check(['top', '--cum', `${base}/profile?seconds=1`], /^Type: cpu\n[\s\S]* handleHi$/m);
    await check(
      ['list', 'handleHi', '--seconds=1', `${base}/profile`],
      /^ROUTINE =+ handleHi in .*demo\.ts\n/m,
    );
    await check(['top', `${base}/heap`], /^Type: inuse_space$/m);
    await check(['top', `${base}/allocs?seconds=1`], /^Type: alloc_space\n[\s\S]* handleHi$/m);
    const wrong = await runProf(['top', `${base}/nothing`]);
    assert.match(wrong.stderr, /the server answers 404 Not Found: Unknown profile\n/);
    isOver = true;
    await Promise.all(loads);
  });
});
