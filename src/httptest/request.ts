import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/** What a request may have besides method and address. */
export interface RequestOptions {
  /** By name, in any case. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as it is, a text in UTF-8; nothing by default. */
  readonly body?: string | Uint8Array;
}

/**
 * A request that has arrived, like Go's `httptest.NewRequest`: a real `IncomingMessage` whose socket is
 * connected to nothing. Its body can be read once, as that of any request; where nobody reads it, the
 * request can be handed to a handler any number of times.
 *
 * @param url - what stands in the request line, such as `/hi?color=red`
 */
export function newRequest(method: string, url: string, options: RequestOptions = {}): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = url;
  request.httpVersion = '1.1';
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  request.complete = true; // else its end would count as an abort
  for (const [name, value] of Object.entries(options.headers ?? {})) addHeader(request, name, value);
  const body = Buffer.from(options.body ?? '');
  if (body.length > 0) {
    if (request.headers['content-length'] === undefined)
      addHeader(request, 'Content-Length', String(body.length));
    request.push(body);
  }
  request.push(null);
  return request;
}

function addHeader(request: IncomingMessage, name: string, value: string | readonly string[]): void {
  const values = typeof value === 'string' ? [value] : value;
  const key = name.toLowerCase();
  for (const each of values) request.rawHeaders.push(name, each);
  request.headers[key] = key === 'set-cookie' ? [...values] : values.join(key === 'cookie' ? '; ' : ', ');
}
