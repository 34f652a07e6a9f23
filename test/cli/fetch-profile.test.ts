import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Io } from '../../src/cli/io.js';
import { formatError, ProfError } from '../../src/error.js';
import { encodeProfileGzip } from '../../src/profile/encode.js';
import type { Mapping } from '../../src/profile/profile.js';
import { profileOf } from '../profile/stacks.js';
import { tempFolder } from '../temp-folder.js';
import { type CommandResult, runCommand } from './run-command.js';

/** The address of a server that answers so. */
async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // Cast: a server that listens on a port has this address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function errorOf(words: readonly string[]): Promise<string> {
  try {
    await runCommand(words);
  } catch (error) {
    assert.ok(error instanceof ProfError, `${error}`);
    return formatError(error);
  }
  return assert.fail('no error');
}

test('prof top: a profile from a server', async (t) => {
  let asked = '';
  const address = await serve(t, (request, response) => {
    asked = request.url ?? '';
    response.end(encodeProfileGzip(profileOf('main;a 3')));
  });
  const folder = tempFolder(t);
  const words = ['top', '--seconds=3', `${address}/debug/pprof/profile`];
  const { stdout, stderr } = await runCommand(words, { env: { PPROF_TMPDIR: folder } });
  assert.equal(asked, '/debug/pprof/profile?seconds=3');
  assert.match(stdout, / 3 {3}100% {3}100% +3 {3}100% {2}a$/m);
  assert.match(stderr, /^Fetching profile over HTTP from http:.*seconds=3\nSaved profile in /);
});

test('prof top: what came from a server is kept, each in a file of its own', async (t) => {
  const profile = profileOf('main;a 3\nmain 4');
  const mapping = { ...profile.mappings[0], file: '/srv/../odd name' };
  const address = await serve(t, (_, response) =>
    // Cast: only the file of the first mapping is another.
    response.end(encodeProfileGzip({ ...profile, mappings: [mapping as Mapping] })),
  );
  const folder = tempFolder(t);
  const run = (env: Io['env']): Promise<CommandResult> => runCommand(['top', address], { env });
  const first = await run({ PPROF_TMPDIR: join(folder, 'kept') });
  const second = await run({ HOME: folder });
  await run({ HOME: folder });
  const types = profile.sampleTypes.map(({ type }) => type).join('.');
  const name = (n: number): string => `pprof.odd_name.${types}.00${n}.pb.gz`;
  assert.deepEqual(readdirSync(folder), ['kept', 'pprof']);
  assert.deepEqual(readdirSync(join(folder, 'kept')), [name(1)]);
  assert.deepEqual(readdirSync(join(folder, 'pprof')).sort(), [name(1), name(2)]);
  assert.ok(second.stderr.endsWith(`Saved profile in ${join(folder, 'pprof', name(1))}\n`), second.stderr);
  const again = await runCommand(['top', join(folder, 'kept', name(1))]);
  assert.deepEqual([again.stdout, again.stderr], [first.stdout, '']);
});

test('prof top: a profile that cannot be kept is a remark', async (t) => {
  const address = await serve(t, (_, response) => response.end(encodeProfileGzip(profileOf('main;a 3'))));
  const folder = tempFolder(t, { file: '' });
  const { status, stdout, stderr } = await runCommand(['top', address], {
    env: { PPROF_TMPDIR: join(folder, 'file') },
  });
  assert.match(stderr, /^prof: could not save profile: EEXIST\n {2}Name a folder/m);
  assert.match(stdout, /100% {2}a$/m);
  assert.equal(status, 0);
});

test('prof top: servers that give none', async (t) => {
  const address = await serve(t, (request, response) => {
    if (request.url === '/none')
      response.writeHead(404, { 'content-type': 'text/plain' }).end('no such profile\nmore');
    else if (request.url === '/page') response.end('<!doctype html><p>hello');
    else if (request.url === '/large') response.end(Buffer.alloc(100_000));
    else response.socket?.destroy();
  });
  assert.match(
    await errorOf(['top', `${address}/none`]),
    /the server answers 404 Not Found: no such profile\n {2}Check/,
  );
  assert.match(await errorOf(['top', `${address}/page`]), /looks like an HTML page/);
  assert.match(
    await errorOf(['top', '--max-bytes=1000', `${address}/large`]),
    /more than the limit of 1000 bytes/,
  );
  assert.match(await errorOf(['top', `${address}/gone`]), /cannot be fetched/);
  assert.match(await errorOf(['top', 'http://127.0.0.1:1/x']), /cannot be fetched/);
  assert.match(await errorOf(['top', 'http://']), /is not an address/);
});
