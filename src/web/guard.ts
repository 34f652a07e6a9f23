import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Why a request is refused: its status and a line for whoever sent it. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/**
 * Why a request is not to be answered, or undefined where it is. A page of another site must not reach the server by a
 * name that it has made lead to this machine (the Host header), nor have a browser ask in its place (Origin,
 * Sec-Fetch-Site); and nothing is changed but by POST.
 *
 * @param host - what the server listens on, as the user named it
 */
export function refusalOf(
  { method = '', url = '', headers }: IncomingMessage,
  host: string,
): Refusal | undefined {
  const { host: named = '', origin } = headers;
  if (!isOwnName(nameOf(named), host)) return { status: 403, message: 'this server is not called that' };
  if (origin !== undefined && origin !== `http://${named}`)
    return { status: 403, message: 'pages of other sites may not ask this server' };
  if (isForeign(headers)) return { status: 403, message: 'pages of other sites may not ask this server' };
  const mayPost = url.startsWith('/api/config');
  if (method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && mayPost))
    return { status: 405, message: 'that method is not for this address' };
  if (method === 'POST' && headers['content-type'] !== 'application/json')
    return { status: 415, message: 'a change has to be JSON' };
  return undefined;
}

/** Whether a browser says that another site asks, other than by a link that the user has followed. */
function isForeign(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return !(headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');
}

/** The name of a Host header, without the port and brackets. */
function nameOf(host: string): string {
  return (/^\[(.*)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, '')).toLowerCase();
}

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** A number cannot be made to lead elsewhere; a name has to be one that is known. */
function isOwnName(name: string, host: string): boolean {
  if (name === host.toLowerCase() || loopback.includes(name)) return true;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  return isEverywhere && (isIP(name) !== 0 || name === hostname().toLowerCase());
}
