import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { newRequest, Recorder } from '../httptest/recorder.js';
import type { B, BenchmarkFunction } from './b.js';
import type { Handler } from './discover.js';

/**
 * A benchmark of a `(req, res)` handler: one request for each iteration, answered into a recorder
 * that is reset in between. Where the handler gives a promise or answers later, each is awaited.
 *
 * @param request - method and path, such as `GET /hi?color=red`
 */
export function handlerBenchmark(handler: Handler, request: string): BenchmarkFunction {
  const [, method = 'GET', url = '/'] = /^(?:([A-Z]+)\s+)?(\S+)$/.exec(request.trim()) ?? [];
  const recorder = new Recorder();
  const incoming = newRequest(method, url);
  const answersLater = async (b: B): Promise<void> => {
    for (let i = 0; i < b.n; i++) {
      recorder.reset();
      await handler(incoming, recorder);
      if (!recorder.writableEnded) await once(recorder, 'finish');
    }
  };
  let later: boolean | undefined;
  return (b) => {
    later ??= isLater(handler, incoming, recorder);
    if (later) return answersLater(b);
    for (let i = 0; i < b.n; i++) {
      recorder.reset();
      handler(incoming, recorder);
    }
    return undefined;
  };
}

function isLater(handler: Handler, incoming: IncomingMessage, recorder: Recorder): boolean {
  recorder.reset();
  return handler(incoming, recorder) instanceof Promise || !recorder.writableEnded;
}
