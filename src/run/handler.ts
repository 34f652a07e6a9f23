import type { IncomingMessage, ServerResponse } from 'node:http';

/** What answers a request, as `http.createServer` takes it; may be async. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * The handler that a module exports: the function `handleXxx` or `handler`, the default export if it
 * is a function, else its only function. Undefined where there is none, or more than one to choose from.
 *
 * @param exports - the module's namespace
 */
export function findHandler(exports: Readonly<Record<string, unknown>>): Handler | undefined {
  const functions = Object.entries(exports).filter((entry): entry is [string, Handler] =>
    isHandler(entry[1]),
  );
  const named = functions.filter(([name]) => /^handle[A-Z]|^handler?$/.test(name));
  const main = functions.filter(([name]) => name === 'default');
  const [only, ...others] = [named, main, functions].find((some) => some.length > 0) ?? [];
  return others.length === 0 ? only?.[1] : undefined;
}

/** Classes and benchmarks are functions as well, but no handlers. */
function isHandler(value: unknown): value is Handler {
  if (typeof value !== 'function' || /^(Benchmark|Test)/.test(value.name)) return false;
  return value.length >= 1 && value.length <= 3 && !/^class\b/.test(Function.prototype.toString.call(value));
}
