import { zlibError } from './gzip.js';

/** Whether the bytes begin as zstd data does. */
export function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

/**
 * The bytes that a zstd file holds, by Node's own zlib where it knows zstd (22.15 and later).
 *
 * @param maxBytes - largest result; a small file can unpack to terabytes
 * @throws ProfError `bad-profile` for a file that is damaged or larger than that
 */
export async function unzstd(bytes: Uint8Array, name: string, maxBytes: number): Promise<Uint8Array> {
  const own = await nativeUnzstd();
  try {
    return own === undefined
      ? await portableUnzstd(bytes, maxBytes)
      : own(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    throw zlibError(cause, { name, maxBytes, what: 'zstd data' });
  }
}

type Unzstd = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

async function nativeUnzstd(): Promise<Unzstd | undefined> {
  const zlib: object = await import('node:zlib');
  const unzip = 'zstdDecompressSync' in zlib ? zlib.zstdDecompressSync : undefined;
  // Cast: Node's documentation gives it this type; the types in use here are those of Node 20.
  return typeof unzip === 'function' ? (unzip as Unzstd) : undefined;
}

async function portableUnzstd(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
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
