import { gunzip, isGzip } from './gzip.js';

/** The largest size of a profile's bytes unless asked otherwise. It cannot be 4 GiB or more: offsets are 32 bit. */
export const defaultMaxBytes: number = 2 ** 30;

/**
 * The bytes that a file holds, unzipped if it is a gzip file (told by its first bytes).
 *
 * @throws ProfError `bad-profile` where they are damaged, cut off or more than `maxBytes`
 */
export function unpack(bytes: Uint8Array, name: string, maxBytes: number = defaultMaxBytes): Uint8Array {
  return isGzip(bytes) ? gunzip(bytes, name, maxBytes) : bytes;
}

/** As `unpack`, and zstd data as well. */
export async function unpackAny(
  bytes: Uint8Array,
  name: string,
  maxBytes: number = defaultMaxBytes,
): Promise<Uint8Array> {
  if (bytes[0] !== 0x28) return unpack(bytes, name, maxBytes);
  const { isZstd, unzstd } = await import('./zstd.js');
  return isZstd(bytes) ? unzstd(bytes, name, maxBytes) : bytes;
}
