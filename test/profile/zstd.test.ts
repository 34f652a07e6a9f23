import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProfError } from '../../src/error.js';
import { unpackAny } from '../../src/profile/unpack.js';

// `printf 'hello, hello, hello, hello, hello, hello, hello' | zstd -c | base64`
const zipped = Buffer.from('KLUv/QRYbQAAOGhlbGxvLCABAFUWIy6xKwE=', 'base64');

/** A frame of a raw block, made by hand: magic, header (single segment, size), one last raw block. */
function rawFrame(text: string): Buffer {
  const size = text.length;
  const block = (size << 3) | 1;
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, size, block & 0xff, (block >> 8) & 0xff, block >> 16]),
    Buffer.from(text),
  ]);
}

test('unpackAny: zstd is told by its first bytes', async () => {
  assert.equal(String(Buffer.from(await unpackAny(rawFrame('hello'), 'x'))), 'hello');
  assert.match(String(Buffer.from(await unpackAny(zipped, 'x'))), /^(hello, ){6}hello$/);
  const two = await unpackAny(Buffer.concat([zipped, rawFrame('x')]), 'x');
  assert.match(String(Buffer.from(two)), /^(hello, ){6}hellox$/);
});

test('unpackAny: damaged and oversized zstd data is a ProfError', async () => {
  const rejects = async (bytes: Uint8Array, maxBytes: number): Promise<void> => {
    await assert.rejects(
      unpackAny(bytes, 'x', maxBytes),
      (error) => error instanceof ProfError && error.code === 'bad-profile',
    );
  };
  await rejects(rawFrame('hello').subarray(0, 5), 100);
  await rejects(Buffer.concat([zipped.subarray(0, 6), Buffer.alloc(20, 0xff)]), 100);
  await rejects(rawFrame('hello'), 3);
  await rejects(zipped.subarray(0, -6), 100);
  await rejects(zipped.subarray(0, 4), 100);
});
