import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { formatError, ProfError } from '../../src/error.js';
import { encodeProfileGzip } from '../../src/profile/encode.js';
import { profileOf } from '../profile/stacks.js';
import { runCommand } from './run-command.js';

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
  const { stdout, stderr } = await runCommand(['top', '--seconds=3', `${address}/debug/pprof/profile`]);
  assert.equal(asked, '/debug/pprof/profile?seconds=3');
  assert.match(stdout, / 3 {3}100% {3}100% +3 {3}100% {2}a$/m);
  assert.match(stderr, /^Fetching profile over HTTP from http:.*seconds=3\n$/);
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
