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
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    throw gunzipError(cause, name, maxBytes);
  }
}

/** The bytes as a gzip file without name and time. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

function gunzipError(cause: unknown, name: string, maxBytes: number): unknown {
  const code = systemCode(cause);
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return new ProfError('bad-profile', `${name}: more than ${maxBytes} bytes when unzipped`, {
      cause,
      hint: 'Raise the limit with --max-bytes if the file is to be trusted.',
    });
  if (code === 'Z_BUF_ERROR')
    return new ProfError('bad-profile', `${name}: gzip data is cut off`, {
      cause,
      hint: 'The file is incomplete; record or copy it again.',
    });
  if (code?.startsWith('Z_') !== true) return cause;
  const problem = cause instanceof Error ? cause.message : code;
  return new ProfError('bad-profile', `${name}: gzip data is damaged (${problem})`, {
    cause,
    hint: 'The file is damaged; record or copy it again.',
  });
}
