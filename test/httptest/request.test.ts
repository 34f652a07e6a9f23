import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { newRequest, type RequestOptions } from '../../src/httptest/recorder.js';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('newRequest: has what a handler reads', () => {
  const request = newRequest('GET', '/hi?color=red', {
    headers: { Host: 'example', Accept: ['a/b', 'c/d'] },
  });
  assert.ok(request instanceof IncomingMessage);
  assert.equal(request.method, 'GET');
  assert.equal(request.url, '/hi?color=red');
  assert.equal(request.httpVersion, '1.1');
  assert.deepEqual({ ...request.headers }, { host: 'example', accept: 'a/b, c/d' });
  assert.deepEqual(request.rawHeaders, ['Host', 'example', 'Accept', 'a/b', 'Accept', 'c/d']);
  assert.equal(request.socket.remoteAddress, undefined);
});

test('newRequest: its body is read as that of any request', async () => {
  const check = async (options: RequestOptions, want: string): Promise<void> => {
    const request = newRequest('POST', '/', options);
    assert.equal(await bodyOf(request), want);
    assert.ok(request.complete && !request.aborted);
  };
  await check({}, '');
  await check({ body: 'tëxt' }, 'tëxt');
  await check({ body: Buffer.from('bytes') }, 'bytes');
  await check({ body: 'x'.repeat(100_000) }, 'x'.repeat(100_000));
  assert.equal(newRequest('POST', '/', { body: 'tëxt' }).headers['content-length'], '5');
  const set = newRequest('POST', '/', { body: 'a', headers: { 'content-length': '7' } });
  assert.equal(set.headers['content-length'], '7');
});
