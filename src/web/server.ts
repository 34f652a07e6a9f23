import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { isProfError, ProfError, systemCode } from '../error.js';
import { refusalOf } from './guard.js';

/** What is sent back. */
export interface Reply {
  /** 200 unless another is given. */
  readonly status?: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  /** A file to keep, under this name. */
  readonly attachment?: string;
  /** What the page may do; nothing at all unless said. */
  readonly policy?: string;
  /** Where to look instead. */
  readonly location?: string;
}

/** A request that has passed the guard. */
export interface Asked {
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of a POST; undefined for all others. */
  readonly body: unknown;
}

/** Answers a request; undefined where there is nothing of that name. */
export type Answer = (asked: Asked) => Promise<Reply | undefined>;

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:43210` */
  readonly origin: string;
  /** Ends it and all connections. */
  close(): Promise<void>;
}

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/**
 * Starts to answer requests.
 *
 * @throws ProfError `failed` where it cannot listen there
 */
export async function listen(answer: Answer, { host, port }: ListenOptions): Promise<Listening> {
  const server = createServer((request, response) => {
    handle(request, host, answer).then(
      (reply) => send(reply, request, response),
      (error: unknown) => send(failure(error), request, response),
    );
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
  // Cast: a server that listens on a port has an address.
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { origin: `http://${name}:${address.port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function listenError(error: unknown, host: string, port: number): ProfError {
  const code = systemCode(error);
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: 'the port is in use',
    EACCES: 'the port is not free to use',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no such host',
  };
  const problem = problems[code ?? ''];
  if (problem === undefined) throw error;
  const hint = 'Choose another with --http=HOST:PORT; port 0 takes a free one.';
  return new ProfError('failed', `${host}:${port}: ${problem}`, { hint, cause: error });
}

async function handle(request: IncomingMessage, host: string, answer: Answer): Promise<Reply> {
  const refusal = refusalOf(request, host);
  if (refusal !== undefined) return { ...plainText(refusal.message), status: refusal.status };
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const body = request.method === 'POST' ? await readJson(request) : undefined;
  const reply = await answer({ path: pathname, query: searchParams, body });
  return reply ?? { ...plainText('there is nothing of that name here'), status: 404 };
}

const maxBody = 1 << 16;

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    // The rest is read all the same: who still writes does not hear an answer.
    if (size <= maxBody) pieces.push(piece);
  }
  if (size > maxBody) throw new ProfError('usage', 'the request is too large');
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch (cause) {
    throw new ProfError('usage', 'the request is not JSON', { cause });
  }
}

/** Bad requests are told; anything else is a fault of the program, and told as such. */
function failure(error: unknown): Reply {
  if (!isProfError(error))
    process.stderr.write(`prof: ${error instanceof Error ? error.stack : String(error)}\n`);
  const { message, hint = '' } = isProfError(error) ? error : { message: 'the server has failed' };
  return { ...json({ error: { message, hint } }), status: isProfError(error) ? 400 : 500 };
}

function plainText(text: string): Reply {
  return { type: 'text/plain; charset=utf-8', body: `${text}\n` };
}

/** A value as a reply. */
export function json(value: unknown): Reply {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  const { status = 200, type, body, attachment, policy = nothing, location } = reply;
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
  if (location !== undefined) response.setHeader('Location', location);
  if (attachment !== undefined)
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${attachment.replace(/[^\w.-]/g, '_')}"`,
    );
  response.end(packed(body, request, response));
}

/** Large answers over a network are worth packing; over the loopback they are not. */
function packed(
  body: string | Uint8Array,
  request: IncomingMessage,
  response: ServerResponse,
): string | Uint8Array {
  const isNear = request.socket.remoteAddress === request.socket.localAddress;
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (isNear || !takesGzip || typeof body !== 'string' || body.length < 4096) return body;
  response.setHeader('Content-Encoding', 'gzip');
  return gzipSync(body);
}
