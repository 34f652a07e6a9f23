import { once } from 'node:events';
import { newRequest, Recorder } from '../httptest/recorder.js';
import type { B, BenchmarkFunction } from './b.js';
import type { Handler } from './discover.js';

/**
 * A benchmark of a `(req, res)` handler: one request for each iteration, answered into a recorder
 * that is reset in between. Where the handler gives a promise or answers later, each is awaited.
 *
 * @param request - method and path, such as `GET /hi?color=red`, as `parseRequest` takes it
 */
export function handlerBenchmark(handler: Handler, request: string): BenchmarkFunction {
  const { method, url } = parseRequest(request) ?? { method: 'GET', url: '/' };
  const recorder = new Recorder();
  let incoming = newRequest(method, url);
  /** One request; a promise where its answer comes later. */
  const answer = (): Promise<void> | undefined => {
    recorder.reset();
    const result = handler(incoming, recorder);
    return result instanceof Promise || !recorder.writableEnded ? ended(result, recorder) : undefined;
  };
  const answersLater = async (b: B): Promise<void> => {
    for (let i = 0; i < b.n; i++) {
      // A body can be read once.
      if (incoming.readableDidRead) incoming = newRequest(method, url);
      recorder.reset();
      await handler(incoming, recorder);
      if (!recorder.writableEnded) await once(recorder, 'finish');
    }
  };
  const answersAtOnce = (b: B): void => {
    for (let i = 0; i < b.n; i++) {
      recorder.reset();
      handler(incoming, recorder);
    }
  };
  let later: boolean | undefined;
  return (b) => {
    if (later !== undefined) return later ? answersLater(b) : answersAtOnce(b);
    // The first request tells of which kind the handler is.
    const first = answer();
    later = first !== undefined;
    return first;
  };
}

/** A `--request`: a method, which may be left out, and an address; undefined where it is none. */
export function parseRequest(text: string): { readonly method: string; readonly url: string } | undefined {
  const [, method = 'GET', url] = /^(?:([A-Za-z]+)\s+)?([/*]\S*|https?:\S+)$/.exec(text.trim()) ?? [];
  return url === undefined ? undefined : { method: method.toUpperCase(), url };
}

async function ended(result: unknown, recorder: Recorder): Promise<void> {
  await result;
  if (!recorder.writableEnded) await once(recorder, 'finish');
}
