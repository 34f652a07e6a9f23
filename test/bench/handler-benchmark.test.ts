import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { Batch } from '../../src/bench/batch.js';
import type { Handler } from '../../src/bench/discover.js';
import { callBatch, firstCall } from '../../src/bench/driver.js';
import { handlerBenchmark, parseRequest } from '../../src/bench/handler-benchmark.js';
import { noHost } from './fake-clock.js';

/** Calls a handler's benchmark with n = 1 and n = 5; `NAME sync|async`, then what the handler noted. */
async function called(answer: (req: IncomingMessage, res: ServerResponse) => unknown): Promise<unknown> {
  let open = 0;
  let requests = 0;
  const handler: Handler = (req, res) => {
    const [request, response] = [req as IncomingMessage, res as ServerResponse]; // made by the benchmark
    assert.equal(++open, 1, 'one request at a time');
    requests++;
    response.on('finish', () => open--);
    return answer(request, response);
  };
  const fn = handlerBenchmark(handler, 'POST /hi?x=1');
  const driver = await firstCall(new Batch('BenchmarkX', noHost), fn, 1);
  await callBatch(driver, 5);
  return [driver.isAsync ? 'async' : 'sync', requests];
}

test('handlerBenchmark: answers at once, later, or with a promise', async () => {
  assert.deepEqual(await called((req, res) => res.end(`${req.method} ${req.url}`)), ['sync', 6]);
  assert.deepEqual(await called((_req, res) => void setImmediate(() => res.end())), ['async', 6]);
  assert.deepEqual(
    await called(async (_req, res) => {
      await null;
      res.writeHead(200).end();
    }),
    ['async', 6],
  );
  assert.deepEqual(
    await called(async (_req, res) => {
      await null;
      setImmediate(() => res.end());
    }),
    ['async', 6],
  );
});

test('handlerBenchmark: a body can be read at each request', async () => {
  const result = await called(async (req, res) => {
    let length = 0;
    for await (const chunk of req) length += String(chunk).length;
    res.end(String(length));
  });
  assert.deepEqual(result, ['async', 6]);
});

test('handlerBenchmark: what a handler throws is thrown', async () => {
  await assert.rejects(
    called(() => assert.fail('at once')),
    /at once/,
  );
  await assert.rejects(
    called(async () => assert.fail('later')),
    /later/,
  );
});

test('parseRequest: a method and an address', () => {
  const check = (text: string, want: string | undefined): void => {
    const request = parseRequest(text);
    assert.equal(request === undefined ? undefined : `${request.method} ${request.url}`, want, text);
  };
  check('GET /hi?color=red', 'GET /hi?color=red');
  check('/hi', 'GET /hi');
  check('  post   /x  ', 'POST /x');
  check('GET http://example.com/x', 'GET http://example.com/x');
  check('OPTIONS *', 'OPTIONS *');
  check('', undefined);
  check('GET', undefined);
  check('GET hi', undefined);
  check('GET /a b', undefined);
  check('G3T /', undefined);
});
