import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ProfileBuilder } from '../../src/profile/builder.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfileGzip } from '../../src/profile/encode.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';
import { serveWeb } from './serve-web.js';

const data = (name: string): string => fileURLToPath(new URL(`../data/${name}`, import.meta.url));
const cpu = data('web/cpu-2.pb.gz');

/** A file with a profile of these stacks: `name@file:line`, leaf first. */
function profileFile(folder: string, stacks: readonly (readonly string[])[]): string {
  const builder = new ProfileBuilder({ sampleTypes: [{ type: 'cpu', unit: 'nanoseconds' }] });
  for (const stack of stacks) {
    const frames = stack.map((text) => {
      const [name = '', file = '', line = '1'] = text.split('@');
      return { name, file, line: Number(line), startLine: 1 };
    });
    builder.addSample(frames, [1_000_000]);
  }
  const path = join(folder, 'profile.pb.gz');
  writeFileSync(path, encodeProfileGzip(builder.build()));
  return path;
}

/** Asks as no browser would: with headers of one's own. */
function ask(
  origin: string,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body = '',
  }: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (piece) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function getJson(address: string): Promise<Record<string, unknown>> {
  // Cast: every answer that is asked for here is an object.
  return (await (await fetch(address)).json()) as Record<string, unknown>;
}

test('prof web: a free port of this machine, pages, and their answers', async () => {
  const stderr = await serveWeb([cpu], async (origin) => {
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await fetch(`${origin}/`)).url, `${origin}/ui/flamegraph`);
    for (const page of ['flamegraph', 'graph', 'top', 'peek', 'source', 'tags', 'runs'])
      assert.match(await (await fetch(`${origin}/ui/${page}`)).text(), /^<!DOCTYPE html>/, page);
    for (const path of ['/ui/nothing', '/assets/nothing.js', '/assets/../package.json', '/api/nothing', '/x'])
      assert.equal((await fetch(origin + path)).status, 404, path);
    const top = JSON.stringify((await getJson(`${origin}/api/top?n=2`))['rows']);
    assert.match(top, /^\[\{"name":"escapePattern",.*"flat":\{"text":"430.80ms","percent":"39.74%"/);
    const about = await getJson(`${origin}/api/about?f=handleHi`);
    assert.deepEqual(about['sampleTypes'], [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ]);
    assert.deepEqual(about['filters'], [{ letter: 'f', name: 'focus', text: 'handleHi' }]);
  });
  assert.equal(stderr, 'prof: interrupted\n');
});

test('prof web: letters of pprof choose what is shown, those of the command line are where they start', async () => {
  await serveWeb(['--focus=handleHi', '--sample-index=samples', cpu], async (origin) => {
    const names = async (query: string): Promise<string> => {
      const { rows } = await getJson(`${origin}/api/top?${query}`);
      // Cast: the shape of the answer to `top`.
      return (rows as { name: string }[]).map(({ name }) => name).join(' ');
    };
    assert.doesNotMatch(await names(''), /newRequest/);
    assert.match(await names('f='), /newRequest/); // an empty letter takes a filter away
    assert.match(await names('i=escapePattern'), /^handleHi /);
    assert.doesNotMatch(await names('h=escape&n=40'), /escape/);
    assert.equal(JSON.stringify((await getJson(`${origin}/api/tags?si=cpu`))['total']), '"1.08s"');
    assert.equal(JSON.stringify((await getJson(`${origin}/api/tags`))['total']), '"609"');
    const wrong = await fetch(`${origin}/api/top?f=%28`);
    assert.equal(wrong.status, 400);
    assert.match(await wrong.text(), /"message":"focus: .*missing closing \)/);
    for (const query of ['n=x', 'g=x', 'pf=9', 'base=7', 'si=x'])
      assert.equal((await fetch(`${origin}/api/top?${query}`)).status, 400, query);
    const remarks = (await getJson(`${origin}/api/top?f=nothing_at_all`))['remarks'];
    assert.deepEqual(remarks, ['Focus expression matched no samples']);
  });
});

test('prof web: what the filters leave can be kept', async () => {
  await serveWeb([cpu], async (origin) => {
    const reply = await fetch(`${origin}/api/profile?f=formValue`);
    assert.match(reply.headers.get('content-disposition') ?? '', /^attachment; filename="cpu-2.pb.gz"$/);
    const profile = decodeProfile(new Uint8Array(await reply.arrayBuffer()), 'download');
    assert.ok(profile.samples.count > 5 && profile.samples.count < 60);
    assert.match(
      await (await fetch(`${origin}/api/folded?f=formValue`)).text(),
      /^BenchmarkHi;handleHi;formValue;.* \d+$/m,
    );
  });
});

test('prof web: another name, another site, or another method is refused', async () => {
  await serveWeb([cpu], async (origin) => {
    const { host, port } = new URL(origin);
    const check = async (status: number, asked: Parameters<typeof ask>[1]): Promise<void> => {
      const headers = { host, ...asked.headers };
      assert.equal(
        (await ask(origin, { path: '/api/about', ...asked, headers })).status,
        status,
        JSON.stringify(asked),
      );
    };
    await check(200, {});
    await check(200, { headers: { host: `localhost:${port}` } });
    await check(200, { headers: { host: `[::1]:${port}` } });
    await check(403, { headers: { host: `evil.example:${port}` } }); // a name made to lead to this machine
    await check(403, { headers: { host: `:${port}` } });
    await check(403, { headers: { host: 'localhost.evil.example' } });
    await check(200, { headers: { origin } });
    await check(403, { headers: { origin: 'http://evil.example' } });
    await check(403, { headers: { origin: 'null' } });
    await check(403, { headers: { origin: `http://localhost:${port}` } }); // not the one asked
    await check(403, { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } });
    await check(403, { headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' } });
    await check(403, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    });
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    await check(200, { path: '/ui/top', headers: link }); // a link that somebody has followed
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) await check(405, { method });
    await check(405, { method: 'POST' });
  });
});

test('prof web: configurations are changed by POST of JSON only', async (t) => {
  const folder = tempFolder(t);
  const env = { XDG_CONFIG_HOME: folder };
  await serveWeb(
    [cpu],
    async (origin) => {
      const { host } = new URL(origin);
      const headers = { host, 'content-type': 'application/json' };
      const list = async (): Promise<string> =>
        (await ask(origin, { path: '/api/config', headers: { host } })).text;
      const post = (body: string, other: Record<string, string> = {}): ReturnType<typeof ask> =>
        ask(origin, { method: 'POST', path: '/api/config', headers: { ...headers, ...other }, body });
      const save = JSON.stringify({ save: { name: 'mine', query: 'f=parse' } });
      assert.equal(
        (await ask(origin, { path: '/api/config?save=x&name=y&query=z', headers: { host } })).text,
        '[]',
      );
      assert.equal((await post(save, { 'content-type': 'text/plain' })).status, 415); // what a foreign form can send
      assert.equal((await post(save, { origin: 'http://evil.example' })).status, 403);
      for (const body of [
        '',
        '{',
        '3',
        'null',
        '{}',
        '{"save":{"name":"","query":""}}',
        '{"save":{"name":3,"query":""}}',
      ])
        assert.equal((await post(body)).status, 400, body);
      assert.equal((await post(`{"save":{"name":"x","query":"${'x'.repeat(70_000)}"}}`)).status, 400);
      assert.equal(await list(), '[]');
      assert.equal((await post(save)).text, '[{"name":"mine","query":"f=parse"}]');
      assert.equal(await list(), '[{"name":"mine","query":"f=parse"}]');
      assert.equal((await post('{"remove":"mine"}')).text, '[]');
      await post(save);
    },
    { env },
  );
  assert.match(readFileSync(join(folder, 'prof/web.json'), 'utf8'), /"name": "mine"/);
});

test('prof web: no file but sources that the profile names, in the folders allowed', async (t) => {
  const outside = tempFolder(t, { 'secret.ts': 'const secret = 1;\n' });
  const cwd = tempFolder(t, { 'src/a.ts': 'const shown = 1;\n', 'private.txt': 'not named\n' });
  symlinkSync(join(outside, 'secret.ts'), join(cwd, 'src/link.ts'));
  symlinkSync(outside, join(cwd, 'linked'));
  const file = profileFile(cwd, [
    ['inside@src/a.ts'],
    ['absolute@/etc/passwd'],
    ['upwards@../../../../../../etc/passwd'],
    [`outside@${join(outside, 'secret.ts')}`],
    ['link@src/link.ts'],
    ['folder@linked/secret.ts'],
    ['directory@src'],
    ['zero@src/a.ts\0'],
    ['device@/dev/zero'],
  ]);
  const source = async (origin: string, name: string): Promise<string> =>
    (await fetch(`${origin}/api/source?p=${encodeURIComponent(`^${name}$`)}`)).text();
  await serveWeb(
    [file],
    async (origin) => {
      assert.match(await source(origin, 'inside'), /const shown = 1;/);
      for (const name of [
        'absolute',
        'upwards',
        'outside',
        'link',
        'folder',
        'directory',
        'zero',
        'device',
      ]) {
        const text = await source(origin, name);
        assert.match(text, /"problem":"[^"]+","lines":\[\]/, name);
        assert.doesNotMatch(text, /root:|secret = 1/, name);
      }
      for (const path of [
        '/src/a.ts',
        '/../private.txt',
        '/assets/..%2f..%2f..%2fpackage.json',
        '/api/source?p=inside&file=private.txt&path=/etc/passwd',
      ])
        assert.doesNotMatch(
          (await ask(origin, { path, headers: { host: new URL(origin).host } })).text,
          /not named|prof-toolkit|root:/,
          path,
        );
    },
    { cwd },
  );
  // Another folder, by the user's own word.
  await serveWeb(
    [`--source-path=${outside}`, file],
    async (origin) => assert.match(await source(origin, 'outside'), /secret = 1/),
    { cwd },
  );
});

test('prof web: every reply says what a page may do', async () => {
  await serveWeb([cpu], async (origin) => {
    for (const path of ['/ui/top', '/assets/main.js', '/api/top', '/nothing']) {
      const { headers } = await fetch(origin + path);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'/, path);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|https?:/, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('access-control-allow-origin'), null, path);
    }
    const page = await (await fetch(`${origin}/ui/top`)).text();
    assert.doesNotMatch(page, /<script>|<style|style=| on\w+=/);
  });
});

test('prof web: names that are markup stay names', async (t: TestContext) => {
  const cwd = tempFolder(t);
  const name = '<script>alert(1)</script>';
  const file = profileFile(cwd, [[`${name}@"><img src=x onerror=alert(1)>`], ['</title><b>']]);
  await serveWeb([file], async (origin) => {
    const page = await (await fetch(`${origin}/ui/top`)).text();
    assert.doesNotMatch(page, /alert/);
    for (const view of ['top', 'graph', 'flame', 'peek', 'source', 'tags']) {
      const reply = await fetch(`${origin}/api/${view}`);
      assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8', view);
    }
  });
  const html = join(cwd, 'page.html');
  const { status } = await runProf(['web', `--html=${html}`, file]);
  assert.equal(status, 0);
  const text = readFileSync(html, 'utf8');
  assert.doesNotMatch(text, /alert\(1\)|onerror=alert/);
  // Nothing but the page's own scripts, which the policy knows by their hashes.
  assert.equal([...text.matchAll(/<script(?: [^>]*)?>/g)].filter(([tag]) => tag === '<script>').length, 1);
  assert.match(text, /Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-/);
});

test('prof web: a picker subtracts one profile from another, as --diff-base does', async () => {
  const [before, after] = [cpu, data('web/cpu-3.pb.gz')];
  const rows = async (args: readonly string[], query: string): Promise<string> => {
    let text = '';
    await serveWeb(args, async (origin) => {
      text = JSON.stringify((await getJson(`${origin}/api/top?${query}`))['rows']);
    });
    return text;
  };
  const asked = await rows([`--diff-base=${before}`, after], '');
  assert.equal(await rows([before, after], 'pf=1&base=0'), asked);
  assert.equal(await rows([before, after], 'base=0'), asked); // all others less that one
  assert.match(asked, /"text":"-430.80ms"/);
});

test('prof web: runs are told by content, and shown side by side', async () => {
  const [old, new_] = [data('cmp/old.txt'), data('cmp/new.txt')];
  await serveWeb([`before=${old}`, new_], async (origin) => {
    assert.equal((await fetch(`${origin}/`)).url, `${origin}/ui/runs`);
    assert.equal(await (await fetch(`${origin}/api/about`)).text(), 'null');
    const { tables } = await getJson(`${origin}/api/runs`);
    assert.match(JSON.stringify(tables), /"unit":"sec\/op".*"columns":\["before",/);
  });
  await serveWeb([old, cpu], async (origin) => {
    assert.notEqual(await (await fetch(`${origin}/api/runs`)).text(), 'null');
    assert.equal((await fetch(`${origin}/`)).url, `${origin}/ui/flamegraph`);
  });
});

test('prof web: where it listens', async () => {
  await serveWeb(['--http=localhost:', cpu], async (origin) => {
    const { port, hostname } = new URL(origin);
    assert.match(hostname, /^(127\.0\.0\.1|\[::1\])$/);
    const { status, stderr } = await runProf(['web', `--http=${hostname}:${port}`, cpu]);
    assert.equal(status, 1);
    assert.match(stderr, /: the port is in use\n {2}Choose another with --http=HOST:PORT/);
  });
  const check = async (word: string, status: number, want: RegExp): Promise<void> => {
    const result = await runProf(['web', `--http=${word}`, cpu]);
    assert.match(result.stderr, want);
    assert.equal(result.status, status, word);
  };
  await check('127.0.0.1:99999', 2, /^prof: --http: "127\.0\.0\.1:99999" is not HOST:PORT/);
  await check('a:b:c', 2, /is not HOST:PORT/);
  await check('192.0.2.1:0', 1, /^prof: 192\.0\.2\.1:0: this machine has no such address/);
  const missing = await runProf(['web', 'nothing.pb.gz']);
  assert.deepEqual([missing.status, missing.stdout], [1, '']);
});
