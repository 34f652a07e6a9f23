import { ProfError } from '../error.js';
import type { Io } from './io.js';

/** How to ask a server for a profile. */
export interface FetchOptions {
  /** Length of the profile that the server is to record; undefined for its own choice. */
  readonly seconds: number | undefined;
  /** Longest wait; undefined for half as long again as the recording, or 60. */
  readonly timeoutSeconds: number | undefined;
  readonly maxBytes: number;
}

/**
 * The bytes of a profile that a server gives.
 *
 * @throws ProfError `not-found` where nobody answers, `failed` where the answer is no profile
 */
export async function fetchProfile(address: string, options: FetchOptions, io: Io): Promise<Uint8Array> {
  const url = parseAddress(address);
  if (options.seconds !== undefined) url.searchParams.set('seconds', String(options.seconds));
  const recording = Number(url.searchParams.get('seconds') ?? 0);
  const timeoutSeconds = options.timeoutSeconds ?? (recording > 0 ? recording * 1.5 : 60);
  io.stderr.write(`Fetching profile over HTTP from ${url.href}\n`);
  try {
    const signal = AbortSignal.timeout((timeoutSeconds + 5) * 1000);
    const response = await fetch(url, { signal });
    if (!response.ok) throw await statusError(response, address);
    return await readBody(response, address, options.maxBytes);
  } catch (error) {
    throw fetchError(error, address, timeoutSeconds);
  }
}

function parseAddress(address: string): URL {
  try {
    return new URL(address);
  } catch (cause) {
    throw new ProfError('usage', `"${address}" is not an address`, {
      cause,
      hint: 'Such as http://host:port/debug/pprof/heap.',
    });
  }
}

/** Servers say in plain text what is wrong. */
async function statusError(response: Response, address: string): Promise<ProfError> {
  const isText = response.headers.get('content-type')?.includes('text/plain') === true;
  const said = isText ? (await response.text()).trim().split('\n', 1)[0]?.slice(0, 200) : '';
  const status = `${response.status} ${response.statusText}`.trim();
  return new ProfError('failed', `${address}: the server answers ${status}${said ? `: ${said}` : ''}`, {
    ...(response.status === 404 ? { hint: 'Check the path, such as /debug/pprof/profile?seconds=5.' } : {}),
  });
}

async function readBody(response: Response, address: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes)
      throw new ProfError('bad-profile', `${address}: more than the limit of ${maxBytes} bytes`, {
        hint: 'Raise the limit with --max-bytes if the server is to be trusted.',
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function fetchError(cause: unknown, address: string, timeoutSeconds: number): unknown {
  if (cause instanceof ProfError || !(cause instanceof Error)) return cause;
  if (cause.name === 'TimeoutError')
    return new ProfError('failed', `${address}: no answer within ${timeoutSeconds} s`, {
      cause,
      hint: 'Give it longer with --timeout.',
    });
  const reason = cause.cause instanceof Error ? cause.cause.message : cause.message;
  return new ProfError('not-found', `${address}: cannot be fetched (${reason})`, {
    cause,
    hint: 'Check that the server runs and listens there.',
  });
}
