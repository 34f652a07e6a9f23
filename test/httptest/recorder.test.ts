import assert from 'node:assert/strict';
import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { Recorder } from '../../src/httptest/recorder.js';

/** A recorder after `use`. */
function recorded(use: (response: ServerResponse) => void): Recorder {
  const recorder = new Recorder();
  use(recorder);
  return recorder;
}

const plain = (headers: object): object => ({ ...headers });

test('Recorder: keeps status, headers and body', () => {
  const recorder = recorded((res) => {
    res.statusCode = 201;
    res.setHeader('Content-Type', 'text/plain').write('made ');
    res.end('it');
  });
  assert.equal(recorder.statusCode, 201);
  assert.equal(recorder.statusMessage, 'Created');
  assert.deepEqual(plain(recorder.headers), { 'content-type': 'text/plain' });
  assert.equal(recorder.body, 'made it');
  assert.deepEqual(recorder.bodyBytes, Buffer.from('made it'));
  assert.ok(recorder.headersSent && recorder.writableEnded && recorder.writableFinished);
});

test('Recorder: an untouched one is an empty 200', () => {
  const recorder = new Recorder();
  assert.equal(recorder.statusCode, 200);
  assert.deepEqual(plain(recorder.headers), {});
  assert.equal(recorder.body, '');
  assert.equal(recorder.bodyBytes.length, 0);
  assert.ok(!recorder.headersSent && !recorder.writableEnded && !recorder.writableFinished);
});

test('Recorder.write: texts and bytes keep their order', () => {
  const check = (chunks: readonly (string | Uint8Array)[], want: string): void => {
    const recorder = recorded((res) => {
      for (const chunk of chunks) res.write(chunk);
      res.end();
    });
    assert.equal(recorder.body, want);
    assert.equal(recorder.bodyBytes.toString(), want);
  };
  check(['a', 'b'], 'ab');
  check([Buffer.from('a'), Buffer.from('b')], 'ab');
  check(['ä', Buffer.from('€'), 'ö'], 'ä€ö');
  check([Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)], 'ä'); // split inside a character
  check(['x'.repeat(1000), Buffer.from('y'.repeat(1000)), 'z'], `${'x'.repeat(1000)}${'y'.repeat(1000)}z`);
});

test('Recorder.write: bytes are copied', () => {
  const bytes = Buffer.from('red');
  const recorder = recorded((res) => res.end(bytes));
  bytes.fill(0);
  assert.equal(recorder.body, 'red');
});

test('Recorder.write: a text in its encoding', () => {
  const check = (encoding: BufferEncoding, want: string): void =>
    assert.equal(recorded((res) => res.end('6869', encoding)).body, want, encoding);
  check('utf8', '6869');
  check('utf-8', '6869');
  check('latin1', '6869');
  check('hex', 'hi');
});

test('Recorder.writeHead: all its forms', () => {
  const check = (
    use: (res: ServerResponse) => void,
    status: number,
    message: string,
    type?: string,
  ): void => {
    const recorder = recorded(use);
    assert.equal(recorder.statusCode, status);
    assert.equal(recorder.statusMessage, message);
    assert.equal(recorder.getHeader('content-type'), type);
    assert.ok(recorder.headersSent);
  };
  check((res) => res.writeHead(404), 404, 'Not Found');
  check((res) => res.writeHead(404, 'Gone fishing'), 404, 'Gone fishing');
  check((res) => res.writeHead(404, { 'Content-Type': 'a/b' }), 404, 'Not Found', 'a/b');
  check((res) => res.writeHead(404, 'No', { 'Content-Type': 'a/b' }), 404, 'No', 'a/b');
  check((res) => res.writeHead(299, ['Content-Type', 'a/b']), 299, 'unknown', 'a/b');
  check((res) => res.writeHead(200, [['Content-Type', 'a/b']]), 200, 'OK', 'a/b');
  check((res) => res.writeHead(200, Object.freeze({ 'Content-Type': 'a/b' })), 200, 'OK', 'a/b');
});

test('Recorder.writeHead: headers given there win over those set before', () => {
  const recorder = recorded((res) => {
    res.setHeader('Content-Type', 'a/b').setHeader('X-Count', 1);
    res.writeHead(200, Object.freeze({ 'content-type': 'c/d' }));
  });
  assert.deepEqual(plain(recorder.headers), { 'content-type': 'c/d', 'x-count': 1 });
});

test('Recorder: header calls do not mind the case of names', () => {
  const recorder = new Recorder();
  recorder.setHeader('X-A', '1').setHeader('x-a', '2').appendHeader('X-a', '3').setHeader('B', ['x', 'y']);
  assert.deepEqual(recorder.getHeader('X-A'), ['2', '3']);
  assert.deepEqual(recorder.getHeaderNames(), ['x-a', 'b']);
  assert.deepEqual(recorder.getRawHeaderNames(), ['x-a', 'B']);
  assert.equal(recorder.hasHeader('b'), true);
  recorder.removeHeader('X-A');
  assert.equal(recorder.hasHeader('x-a'), false);
  assert.deepEqual(plain(recorder.getHeaders()), { b: ['x', 'y'] });
  recorder.setHeaders(new Map([['C', '1']]));
  assert.equal(recorder.getHeader('c'), '1');
});

test('Recorder.reset: as new', () => {
  const recorder = new Recorder();
  const use: readonly ((res: ServerResponse) => void)[] = [
    (res) => res.setHeader('A', '1').end('text'),
    (res) => res.writeHead(404, Object.freeze({ B: '2' })).end(Buffer.from('bytes')),
    (res) => res.writeHead(500, 'No', { C: '3' }).end(),
  ];
  for (const each of use) {
    each(recorder);
    recorder.reset();
    const { statusCode, statusMessage, headersSent, writableEnded, body } = recorder;
    const want = { statusCode: 200, statusMessage: '', headersSent: false, writableEnded: false, body: '' };
    assert.deepEqual({ statusCode, statusMessage, headersSent, writableEnded, body }, want);
    assert.deepEqual(plain(recorder.headers), {});
  }
  recorder.end('again');
  assert.equal(recorder.body, 'again');
});

test('Recorder: wrong use throws with the codes of Node', () => {
  const check = (use: (res: Recorder) => void, code: string): void =>
    assert.throws(() => use(new Recorder()), { code });
  const sent = 'ERR_HTTP_HEADERS_SENT';
  check((res) => res.writeHead(200).setHeader('a', '1'), sent);
  check((res) => res.writeHead(200).appendHeader('a', '1'), sent);
  check((res) => res.writeHead(200).removeHeader('a'), sent);
  check((res) => res.writeHead(200).writeHead(200), sent);
  check((res) => res.end().setHeader('a', '1'), sent);
  check((res) => res.end().write('a'), 'ERR_STREAM_WRITE_AFTER_END');
  check((res) => res.end().end('a'), 'ERR_STREAM_WRITE_AFTER_END');
  check((res) => res.writeHead(99), 'ERR_HTTP_INVALID_STATUS_CODE');
  check((res) => res.writeHead(Number.NaN), 'ERR_HTTP_INVALID_STATUS_CODE');
  check((res) => res.writeHead(200, ['a']), 'ERR_INVALID_ARG_VALUE');
  check((res) => res.write(null), 'ERR_INVALID_ARG_TYPE');
});

test('Recorder.end: callbacks and events come before it returns', () => {
  const seen: string[] = [];
  const recorder = new Recorder();
  recorder.on('finish', () => seen.push('finish')).once('close', () => seen.push('close'));
  recorder.write('a', () => seen.push('write'));
  recorder.write('b', 'utf8', () => seen.push('write'));
  recorder.end('c', () => seen.push('end'));
  assert.deepEqual(seen, ['write', 'write', 'end', 'finish', 'close']);
  recorder.end((error?: Error | null) => seen.push(error instanceof Error ? 'finished already' : ''));
  assert.equal(seen.at(-1), 'finished already');
});

test('Recorder: is a ServerResponse, also for streams', async () => {
  const recorder = new Recorder();
  assert.ok(recorder instanceof ServerResponse);
  Readable.from(['a', 'b']).pipe(recorder);
  await new Promise((resolve) => recorder.once('finish', resolve));
  assert.equal(recorder.body, 'ab');

  const other = new Recorder();
  await pipeline(Readable.from(['c', 'd']), other);
  assert.equal(other.body, 'cd');
});

test('Recorder: reset takes the listeners of the last response away', () => {
  const recorder = new Recorder();
  let finished = 0;
  for (let i = 0; i < 3; i++) {
    recorder.reset();
    recorder.on('finish', () => finished++).on('error', () => {});
    recorder.end();
  }
  assert.deepEqual([finished, recorder.listenerCount('error')], [3, 1]);
});
