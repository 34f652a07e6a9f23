import { gunzipSync, gzipSync } from 'node:zlib';
import { ProfError, systemCode } from '../error.js';

/** Whether the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The bytes that a gzip file holds.
 *
 * @param maxBytes - largest result; a small file can unzip to terabytes
 * @throws ProfError `bad-profile` for a file that is cut off, damaged or larger than that
 */
export function gunzip(bytes: Uint8Array, name: string, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes, chunkSize: chunkSize(bytes) });
  } catch (cause) {
    throw zlibError(cause, { name, maxBytes, what: 'gzip data' });
  }
}

/**
 * How much to unzip at once: all of it, by the length that stands at the file's end, so that nothing
 * is copied together. That length is not to be trusted, hence the limits.
 */
function chunkSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 4 ? 0 : view.getUint32(bytes.length - 4, true);
  return Math.min(Math.max(length + 1, 2 ** 14), 2 ** 26, Math.max(2 ** 14, bytes.length * 32));
}

/** The bytes as a gzip file without name and time. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

/**
 * What an error of zlib, or of another unpacker, means to the user.
 *
 * @param what - the kind of data, such as `gzip data`
 */
export function zlibError(
  cause: unknown,
  { name, maxBytes, what }: { readonly name: string; readonly maxBytes: number; readonly what: string },
): ProfError {
  const code = systemCode(cause);
  const error = (problem: string, hint: string): ProfError =>
    new ProfError('bad-profile', `${name}: ${problem}`, { cause, hint });
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return error(
      `more than ${maxBytes} bytes when unzipped`,
      'Raise the limit with --max-bytes if the file is to be trusted.',
    );
  if (code === 'Z_BUF_ERROR')
    return error(`${what} is cut off`, 'The file is incomplete; record or copy it again.');
  const problem = cause instanceof Error ? cause.message : String(cause);
  return error(`${what} is damaged (${problem})`, 'The file is damaged; record or copy it again.');
}
