import type { Format } from '../format.js';
import { type AddressSample, toProfile } from './address-profile.js';
import { badFile, callAddresses, linesOf } from './lines.js';

/** The words of a binary file: 4 or 8 bytes, of either end. */
interface Words {
  readonly size: 4 | 8;
  readonly read: (at: number) => bigint;
}

/** CPU profiles of gperftools: binary words, then a memory map. */
export const legacyCpu: Format = {
  name: 'cpu (gperftools)',
  detects: ({ bytes }) => wordsOf(bytes) !== undefined,
  read: ({ bytes, name }) => {
    const words = wordsOf(bytes);
    if (words === undefined) throw badFile(name, 'no CPU profile');
    const period = words.read(3 * words.size) * 1000n;
    const { samples, end } = readSamples(bytes, words, name);
    return toProfile({
      sampleTypes: [
        { type: 'samples', unit: 'count' },
        { type: 'cpu', unit: 'nanoseconds' },
      ],
      periodType: { type: 'cpu', unit: 'nanoseconds' },
      period,
      samples: withoutHandler(samples).map(({ addresses, values: [count = 0n] }) => ({
        addresses,
        values: [count, count * period],
      })),
      finish: withoutDoubleLeaf,
      memoryMap: linesOf(Buffer.from(bytes.subarray(end)).toString('utf8')),
    });
  },
};

/** The header is 0, 3, 0, the period in microseconds, 0. */
function wordsOf(bytes: Uint8Array): Words | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kinds: readonly Words[] = [
    { size: 4, read: (at) => BigInt(view.readUInt32LE(at)) },
    { size: 4, read: (at) => BigInt(view.readUInt32BE(at)) },
    { size: 8, read: (at) => view.readBigUInt64LE(at) },
    { size: 8, read: (at) => view.readBigUInt64BE(at) },
  ];
  return kinds.find(({ size, read }) => {
    if (bytes.length < 5 * size) return false;
    const [a, b, c, period, e] = [0, 1, 2, 3, 4].map((i) => read(i * size));
    return a === 0n && b === 3n && c === 0n && period !== undefined && period > 0n && e === 0n;
  });
}

/** Each sample is its count, the depth of its stack, and the stack; 0, 1, 0 ends them. */
function readSamples(
  bytes: Uint8Array,
  { size, read }: Words,
  name: string,
): { samples: AddressSample[]; end: number } {
  const samples: AddressSample[] = [];
  let at = 5 * size;
  while (at < bytes.length) {
    if (at + 2 * size > bytes.length) throw badFile(name, `a sample is cut off at byte ${at}`);
    const [count, depth] = [read(at), read(at + size)];
    at += 2 * size;
    if (depth > BigInt(Math.floor((bytes.length - at) / size)))
      throw badFile(name, `a stack of ${depth} addresses is cut off at byte ${at}`);
    const addresses = Array.from({ length: Number(depth) }, (_, i) => read(at + i * size));
    at += Number(depth) * size;
    if (count === 0n && depth === 1n && addresses[0] === 0n) break;
    samples.push({ addresses: callAddresses(addresses, true), values: [BigInt.asIntN(64, count)] });
  }
  return { samples, end: at };
}

/**
 * A frame that nearly all samples have in second place is the signal handler's; up to two of them go.
 */
function withoutHandler(given: readonly AddressSample[]): readonly AddressSample[] {
  let samples = given;
  const enough = samples.length - Math.floor(samples.length / 32);
  for (let round = 0; round < 2; round++) {
    const counts = new Map<bigint, number>();
    for (const {
      addresses: [, second],
    } of samples)
      if (second !== undefined) counts.set(second, (counts.get(second) ?? 0) + 1);
    const handler = [...counts].find(([, count]) => count >= enough)?.[0];
    if (handler === undefined) continue;
    samples = samples.map((sample) => {
      const [leaf = 0n, second, ...rest] = sample.addresses;
      return second === handler ? { ...sample, addresses: [leaf, ...rest] } : sample;
    });
  }
  return samples;
}

/** The leaf may be there twice, once as the address of a call. */
export function withoutDoubleLeaf(sample: AddressSample): AddressSample {
  const [leaf, second, ...rest] = sample.addresses;
  const isDouble = leaf !== undefined && second !== undefined && leaf === second + 1n;
  return isDouble ? { ...sample, addresses: [leaf, ...rest] } : sample;
}
