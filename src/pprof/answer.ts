import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that is answered with an error. */
export class AnswerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers with an error, in Go's form. */
export function answerError(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'X-Go-Pprof': '1',
    })
    .end(`${message}\n`);
}

/** Answers with text, or for HEAD with its headers. */
export function answerText(response: ServerResponse, type: 'plain' | 'html', text: string): void {
  response
    .writeHead(200, { 'Content-Type': `text/${type}; charset=utf-8`, 'X-Content-Type-Options': 'nosniff' })
    .end(text);
}

/** Answers with a profile, as a download under its name. */
export function answerProfile(response: ServerResponse, name: string, bytes: Uint8Array | undefined): void {
  response
    .writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
      'X-Content-Type-Options': 'nosniff',
    })
    .end(bytes);
}

/** The part of a request's path behind the place where the handler is mounted; undefined where that has no `/` at its end. */
export function pathBehindMount(request: IncomingMessage): string | undefined {
  const { originalUrl } = request as { originalUrl?: unknown }; // as Express and its like keep it
  const whole = pathOf(typeof originalUrl === 'string' ? originalUrl : (request.url ?? ''));
  const [, behind] = /\/debug\/pprof(\/.*)?$/.exec(whole) ?? [undefined, pathOf(request.url ?? '')];
  const name = (behind ?? '').replace(/^\//, '');
  return name === '' && !whole.endsWith('/') ? undefined : name;
}

/** The last part of the path where the handler is mounted, for a link to its index. */
export function mountName(request: IncomingMessage): string {
  const { originalUrl } = request as { originalUrl?: unknown };
  const whole = pathOf(typeof originalUrl === 'string' ? originalUrl : (request.url ?? ''));
  return whole.split('/').at(-1) ?? '';
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** The longest time that Node's timers count. */
const maxSeconds = 2_147_483;

/**
 * `seconds=` of a request; undefined where there is none.
 *
 * @throws AnswerError 400 for what is no number of seconds, and for more than the server waits
 */
export function secondsOf(request: IncomingMessage): number | undefined {
  const text = queryOf(request).get('seconds');
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > maxSeconds)
    throw new AnswerError(400, 'invalid value for "seconds" - must be a positive integer');
  checkDuration(request, seconds);
  return seconds;
}

/** @throws AnswerError 400 where the server closes the connection before that */
export function checkDuration(request: IncomingMessage, seconds: number): void {
  const timeoutMillis = request.socket.timeout ?? 0;
  if (timeoutMillis > 0 && seconds * 1000 >= timeoutMillis)
    throw new AnswerError(400, "profile duration exceeds server's timeout");
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));
}
