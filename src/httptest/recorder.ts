import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse, STATUS_CODES } from 'node:http';
import { Body } from './body.js';
import { HeaderList, type HeaderValue } from './header-list.js';

export { newRequest, type RequestOptions } from './request.js';

/** What `write` and `end` take. */
type Chunk = string | Uint8Array | null | undefined;
type Callback = (error?: Error | null) => void;
type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * A response in memory, like Go's `httptest.ResponseRecorder`: takes the place of
 * `http.ServerResponse` for the calls that handlers make, and keeps status, headers and body.
 *
 * It is made without a stream, a socket or an event emitter, so that a benchmark measures the
 * handler: a new one costs one object, everything else is made when it is first asked for. It
 * keeps just what the handler gave it: no `Date`, no `Content-Length`. The response is finished as
 * soon as `end` is called: callbacks and the events `finish` and `close` come before `end` returns.
 *
 * Wrong use throws at once, with Node's error codes: headers after they were sent, writing after the end.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: its prototype, set below, has all that ServerResponse declares
export class Recorder {
  /** The status so far; 200 unless the handler says otherwise. */
  statusCode = 200;
  /** The reason; filled in by the standard text when headers are sent. */
  statusMessage = '';
  /** Whether the headers are final. */
  headersSent = false;
  /** Whether `end` was called. */
  finished = false;
  #headers: HeaderList | undefined;
  /** Headers that cannot change any more, kept as they were given until somebody reads them. */
  #frozenHeaders: Headers | undefined;
  #text = '';
  /** Takes the place of `#text` from the first bytes on. */
  #body: Body | undefined;
  #isText = true;

  /** The body as text. */
  get body(): string {
    return this.#isText || this.#body === undefined ? this.#text : this.#body.text();
  }

  /** The body as bytes, a copy. */
  get bodyBytes(): Buffer {
    return this.#isText || this.#body === undefined ? Buffer.from(this.#text) : this.#body.copy();
  }

  /** All headers by lower-case name, a copy. */
  get headers(): OutgoingHttpHeaders {
    return this.getHeaders();
  }

  /** As new, with the memory it has; listeners are those of one response. */
  reset(): void {
    if (this.#hasListeners()) this.removeAllListeners();
    this.statusCode = 200;
    this.statusMessage = '';
    this.headersSent = false;
    this.finished = false;
    this.#headers?.clear();
    this.#frozenHeaders = undefined;
    this.#text = '';
    this.#isText = true;
    this.#body?.clear();
  }

  /** @see https://nodejs.org/api/http.html#responsesetheadername-value */
  setHeader(name: string, value: HeaderValue): this {
    if (this.headersSent) throw headersSentError('set');
    if (value === undefined)
      throw nodeError('ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
    this.#list().set(name, value);
    return this;
  }

  /** @see https://nodejs.org/api/http.html#outgoingmessagesetheadersheaders */
  setHeaders(headers: Iterable<readonly [string, HeaderValue]>): this {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }

  /** @see https://nodejs.org/api/http.html#outgoingmessageappendheadername-value */
  appendHeader(name: string, value: string | readonly string[]): this {
    if (this.headersSent) throw headersSentError('append');
    this.#list().append(name, value);
    return this;
  }

  /** @see https://nodejs.org/api/http.html#responsegetheadername */
  getHeader(name: string): number | string | string[] | undefined {
    return mutable(this.#headers === undefined && !this.#frozenHeaders ? undefined : this.#list().get(name));
  }

  /** @see https://nodejs.org/api/http.html#responsegetheaders */
  getHeaders(): OutgoingHttpHeaders {
    const all: OutgoingHttpHeaders = Object.create(null);
    for (const name of this.getRawHeaderNames()) all[name.toLowerCase()] = this.getHeader(name);
    return all;
  }

  /** @see https://nodejs.org/api/http.html#responsegetheadernames */
  getHeaderNames(): string[] {
    return this.getRawHeaderNames().map((name) => name.toLowerCase());
  }

  /** @see https://nodejs.org/api/http.html#requestgetrawheadernames */
  getRawHeaderNames(): string[] {
    return this.#headers === undefined && !this.#frozenHeaders ? [] : this.#list().names();
  }

  /** @see https://nodejs.org/api/http.html#responsehasheadername */
  hasHeader(name: string): boolean {
    return this.getHeader(name) !== undefined;
  }

  /** @see https://nodejs.org/api/http.html#responseremoveheadername */
  removeHeader(name: string): void {
    if (this.headersSent) throw headersSentError('remove');
    this.#headers?.delete(name);
  }

  /** Sends the headers; they may be an object, a flat array or an array of pairs. */
  writeHead(statusCode: number, statusMessage?: string, headers?: Headers): this;
  writeHead(statusCode: number, headers?: Headers): this;
  writeHead(statusCode: number, messageOrHeaders?: string | Headers, more?: Headers): this {
    if (this.headersSent) throw headersSentError('write');
    if (!(statusCode >= 100 && statusCode <= 999)) throw statusCodeError(statusCode);
    const hasMessage = typeof messageOrHeaders === 'string';
    const headers = hasMessage ? more : messageOrHeaders;
    this.statusCode = statusCode | 0;
    if (hasMessage) this.statusMessage = messageOrHeaders;
    if (headers) this.#takeHeaders(headers);
    this.flushHeaders();
    return this;
  }

  /** @see https://nodejs.org/api/http.html#responseflushheaders */
  flushHeaders(): void {
    this.headersSent = true;
    if (this.statusMessage === '') this.statusMessage = STATUS_CODES[this.statusCode] ?? 'unknown';
  }

  /** @see https://nodejs.org/api/http.html#responsewritechunk-encoding-callback */
  write(chunk: Chunk, callback?: Callback): true;
  write(chunk: Chunk, encoding: BufferEncoding, callback?: Callback): true;
  write(chunk: Chunk, encoding?: BufferEncoding | Callback, callback?: Callback): true {
    if (this.finished) throw writeAfterEndError();
    if (!this.headersSent) this.flushHeaders();
    this.#add(chunk, typeof encoding === 'string' ? encoding : undefined);
    if (typeof encoding === 'function') encoding();
    else callback?.();
    return true;
  }

  /** @see https://nodejs.org/api/http.html#responseenddata-encoding-callback */
  end(callback?: Callback): this;
  end(chunk: Chunk, callback?: Callback): this;
  end(chunk: Chunk, encoding: BufferEncoding, callback?: Callback): this;
  end(chunk?: Chunk | Callback, encoding?: BufferEncoding | Callback, callback?: Callback): this {
    if (typeof chunk === 'function') return this.end(undefined, chunk);
    if (typeof encoding === 'function') return this.#end(chunk, undefined, encoding);
    return this.#end(chunk, encoding, callback);
  }

  /** A recorder takes all that comes, so there is nothing to gather. */
  cork(): void {}
  uncork(): void {}
  setTimeout(_milliseconds: number, _callback?: () => void): this {
    return this;
  }
  addTrailers(_trailers: OutgoingHttpHeaders | readonly [string, string][]): void {}
  writeContinue(callback?: () => void): void {
    callback?.();
  }
  writeProcessing(callback?: () => void): void {
    callback?.();
  }
  writeEarlyHints(_hints: Record<string, string | string[]>, callback?: () => void): void {
    callback?.();
  }

  /** Whether everything was taken, which is so from `end` on. */
  get writableFinished(): boolean {
    return this.finished;
  }

  /** Cheaper than `eventNames`, which makes an array. */
  #hasListeners(): boolean {
    // EventEmitter's own count; undefined before its first listener.
    return ((this as { readonly _eventsCount?: number })._eventsCount ?? 0) > 0;
  }

  #end(chunk: Chunk, encoding: BufferEncoding | undefined, callback: Callback | undefined): this {
    if (this.finished) {
      if (chunk) throw writeAfterEndError();
      callback?.(nodeError('ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
      return this;
    }
    if (!this.headersSent) this.flushHeaders();
    if (chunk) this.#add(chunk, encoding);
    this.finished = true;
    callback?.();
    if (this.listenerCount('finish') > 0) this.emit('finish');
    if (this.listenerCount('close') > 0) this.emit('close');
    return this;
  }

  #add(chunk: Chunk, encoding: BufferEncoding | undefined): void {
    if (typeof chunk === 'string') {
      if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) this.#addBytes(Buffer.from(chunk, encoding));
      else if (this.#isText) this.#text += chunk;
      else this.#body?.addText(chunk);
    } else if (chunk instanceof Uint8Array) this.#addBytes(chunk);
    else throw chunkError(chunk);
  }

  #addBytes(bytes: Uint8Array): void {
    const body = (this.#body ??= new Body());
    if (this.#isText) {
      this.#isText = false;
      if (this.#text !== '') body.addText(this.#text);
    }
    body.addBytes(bytes);
  }

  #takeHeaders(headers: Headers): void {
    // Headers made once and frozen are kept as they are, which is what costs least.
    if (this.#headers === undefined && Object.isFrozen(headers)) this.#frozenHeaders = headers;
    else setAll(this.#list(), headers);
  }

  #list(): HeaderList {
    const list = (this.#headers ??= new HeaderList());
    const frozen = this.#frozenHeaders;
    if (frozen !== undefined) {
      this.#frozenHeaders = undefined;
      setAll(list, frozen);
    }
    return list;
  }
}

export interface Recorder extends ServerResponse {}

// The rest of ServerResponse (`on`, `once`, `emit`, `instanceof` …) is inherited without running its
// constructor, which would make a stream. EventEmitter makes its table at the first listener.
Object.setPrototypeOf(Recorder.prototype, ServerResponse.prototype);

function setAll(list: HeaderList, headers: Headers): void {
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) list.set(name, value);
    return;
  }
  const flat = Array.isArray(headers[0]) ? headers.flat() : headers;
  if (flat.length % 2 !== 0) throw nodeError('ERR_INVALID_ARG_VALUE', 'headers: a name has no value');
  for (let i = 0; i < flat.length; i += 2) list.set(String(flat[i]), flat[i + 1] ?? '');
}

/** The same value with the type that `ServerResponse` gives it. */
function mutable(value: HeaderValue | undefined): number | string | string[] | undefined {
  return typeof value === 'object' ? [...value] : value;
}

function nodeError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function headersSentError(what: string): Error {
  return nodeError('ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
}

function statusCodeError(statusCode: number): Error {
  return Object.assign(new RangeError(`Invalid status code: ${statusCode}`), {
    code: 'ERR_HTTP_INVALID_STATUS_CODE',
  });
}

function writeAfterEndError(): Error {
  return nodeError('ERR_STREAM_WRITE_AFTER_END', 'write after end');
}

function chunkError(chunk: unknown): Error {
  const message = `The "chunk" argument must be of type string or an instance of Uint8Array. Received ${String(chunk)}`;
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}
