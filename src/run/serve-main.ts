// The program that serves one variant: `serve-main.js FILE PORT LABEL`.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitStatus, formatError, isProfError, ProfError, systemCode } from '../error.js';
import { makePprofHandler } from '../pprof/handler.js';
import { failureText } from './failure-text.js';
import { findHandler, type Handler } from './handler.js';

const host = '127.0.0.1';
const pprof = makePprofHandler();
const [file = '', port = '', label = ''] = process.argv.slice(2);
process.argv.splice(1, process.argv.length, file); // as if the file had been started

try {
  const handler = await loadHandler(file);
  const server = createServer((request, response) => void route(handler, request, response));
  const address = await listen(server, Number(port));
  process.stderr.write(`prof: serving ${label} at http://${address}/hi\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop(server));
  whenAlone(() => stop(server));
} catch (error) {
  if (!isProfError(error)) throw error;
  process.stderr.write(formatError(error));
  process.exitCode = exitStatus[error.code];
}

async function loadHandler(path: string): Promise<Handler> {
  const handler = findHandler(await load(path));
  if (handler !== undefined) return handler;
  throw new ProfError('bad-variant', `${relative(process.cwd(), path)}: exports no handler`, {
    hint: 'Export a function handleXxx(request, response), as http.createServer takes it.',
  });
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    if (isProfError(error) || error instanceof SyntaxError) throw error;
    const [message = '', ...more] = failureText(error, process.cwd()).split('\n');
    throw new ProfError('bad-variant', message, { hint: more.join('\n').trim() || undefined, cause: error });
  }
}

/** Starts to listen; gives host and port. */
function listen(server: Server, wanted: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, wanted)));
    server.listen(wanted, host, () => {
      const address = server.address();
      resolve(`${host}:${typeof address === 'object' ? address?.port : wanted}`);
    });
  });
}

function listenError(error: Error, wanted: number): ProfError {
  const code = systemCode(error);
  const why =
    code === 'EADDRINUSE' ? 'the port is in use' : code === 'EACCES' ? 'not allowed' : error.message;
  return new ProfError('failed', `${host}:${wanted}: ${why}`, {
    hint: 'Choose another port with --port; 0 takes one that is free.',
    cause: error,
  });
}

async function route(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== undefined && /^\/debug\/pprof(\/|$)/.test(path)) return pprof(request, response);
  if (path !== '/hi') {
    response
      .writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end('Not found; try /hi or /debug/pprof/\n');
    return;
  }
  try {
    await handler(request, response);
  } catch (error) {
    process.stderr.write(`prof: ${request.url}: ${failureText(error, process.cwd())}\n`);
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('Internal server error\n');
  }
}

/** Tells when the parent is gone, even killed: the other end of our channel closes with it. */
function whenAlone(then: () => void): void {
  const channel = new Socket({ fd: 3 });
  channel.once('close', then).on('error', then).resume().unref();
}

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}
