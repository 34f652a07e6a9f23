import type { Format } from '../format.js';
import type { Source } from '../source.js';
import { type AddressSample, addressProfile } from './address-profile.js';
import { LineScanner } from './line-scanner.js';
import { readMaps } from './proc-maps.js';
import { WordReader, type WordShape } from './word-reader.js';

const shapes: readonly WordShape[] = [
  { size: 4, littleEndian: true },
  { size: 4, littleEndian: false },
  { size: 8, littleEndian: true },
  { size: 8, littleEndian: false },
];

/**
 * pprof's old CPU profiles in binary: words of 32 or 64 bits, of either byte order. Five of a header
 * (0, 3, 0, microseconds between samples, 0), then for each stack its count, its length and its
 * addresses, an end mark (0, 1, 0), and memory maps in text.
 */
export const legacyCpu: Format = {
  name: 'legacy CPU profile',
  detects: (source) => headerOf(source) !== undefined,

  read(source) {
    const header = headerOf(source);
    if (header === undefined) return source.fail('byte 0', 'is not the header of a CPU profile');
    const { words, periodMicros } = header;
    const period = BigInt.asIntN(64, periodMicros * 1000n);
    const samples = readSamples(source, words, period);
    const rest = Buffer.from(source.bytes.subarray(words.position)).toString('utf8');
    const maps = readMaps(new LineScanner(source, rest));
    const cpu = { type: 'cpu', unit: 'nanoseconds' };
    return addressProfile(withoutHandler(samples), maps, {
      sampleTypes: [{ type: 'samples', unit: 'count' }, cpu],
      periodType: cpu,
      period,
      dropDoubledLeaf: true,
    });
  },
};

function headerOf(source: Source): { words: WordReader; periodMicros: bigint } | undefined {
  for (const shape of shapes) {
    const words = new WordReader(source.bytes, shape);
    const [zero, three, kind, periodMicros, padding] = [1, 2, 3, 4, 5].map(() => words.next());
    if (zero !== 0n || three !== 3n || kind !== 0n || padding !== 0n || words.isPastEnd) continue;
    if (periodMicros !== undefined && periodMicros > 0n) return { words, periodMicros };
  }
  return undefined;
}

function readSamples(source: Source, words: WordReader, period: bigint): AddressSample[] {
  const samples: AddressSample[] = [];
  while (words.left > 0) {
    const at = words.position;
    const [count, depth] = [words.next(), words.next()];
    if (words.isPastEnd) throw source.error(`byte ${at}`, 'a sample is cut off');
    if (depth > BigInt(Math.floor(words.left / 4)))
      throw source.error(`byte ${at}`, `a stack of ${depth} frames where ${words.left} bytes are left`);
    const addresses = Array.from({ length: Number(depth) }, () => words.next());
    if (count === 0n && depth === 1n && addresses[0] === 0n) break;
    samples.push({
      // The leaf is no call; all others are where the call returns to.
      addresses: addresses.map((address, i) => (i > 0 ? BigInt.asUintN(64, address - 1n) : address)),
      values: [count, count * period],
    });
  }
  return samples;
}

/** Up to two frames of the signal handler, which stand behind the leaf of nearly every sample. */
function withoutHandler(samples: AddressSample[]): AddressSample[] {
  let stripped = samples;
  for (let pass = 0; pass < 2; pass++) {
    const counts = new Map<bigint, number>();
    for (const { addresses } of stripped) {
      const second = addresses[1];
      if (second !== undefined) counts.set(second, (counts.get(second) ?? 0) + 1);
    }
    const needed = samples.length - Math.floor(samples.length / 32);
    const [handler] = [...counts].find(([, count]) => count >= needed) ?? [];
    if (handler === undefined) continue;
    stripped = stripped.map((sample) =>
      sample.addresses[1] === handler
        ? { ...sample, addresses: sample.addresses.filter((_, i) => i !== 1) }
        : sample,
    );
  }
  return stripped;
}
