import { zlibError } from './gzip.js';

/** Whether the bytes begin as zstd data does. */
export function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

/**
 * The bytes that a zstd file holds, all of its frames.
 *
 * Note: Node's own zlib has zstd from 22.15 on, but 22 takes a file that is cut off for a whole one, and 22
 * and 24 stop behind the first frame: both would show a part of a profile as all of it.
 *
 * @param maxBytes - largest result; a small file can unpack to terabytes
 * @throws ProfError `bad-profile` for a file that is damaged or larger than that
 */
export async function unzstd(bytes: Uint8Array, name: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await unpackFrames(bytes, maxBytes);
  } catch (error) {
    const isCutOff = error instanceof Error && error.message === 'unexpected EOF';
    const cause = isCutOff ? Object.assign(error, { code: 'Z_BUF_ERROR' }) : error;
    throw zlibError(cause, { name, maxBytes, what: 'zstd data' });
  }
}

async function unpackFrames(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((chunk) => {
    length += chunk.length;
    if (length > maxBytes) throw Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
    chunks.push(chunk);
  });
  // In pieces, so that a file that unpacks to terabytes stops soon.
  const step = 1 << 16;
  for (let at = 0; at < bytes.length; at += step)
    stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  return Buffer.concat(chunks);
}
