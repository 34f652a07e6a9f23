import type { Format } from '../format.js';
import { type AddressSample, toProfile } from './address-profile.js';
import { badFile, callAddresses, decimal, hexNumbers, isBlank, linesOf, memoryMapOf } from './lines.js';
import { isMemoryMapStart } from './memory-map.js';

const header = /heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ *(heap[_a-z0-9]*)\/?(\d*)/;
const growth = /heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] @ (growth|fragmentation)z?/;
const row = /(-?\d+): *(-?\d+) *\[ *(\d+): *(\d+) *\] @([ x0-9a-f]*)/;

/** What a header says of the rows. */
interface HeapKind {
  /** Bytes between two samples; 0 when unknown. */
  readonly period: bigint;
  /** Rows are samples, to be scaled to what they stand for. */
  readonly isSampled: boolean;
  /** Rows tell what was allocated as well as what is in use. */
  readonly hasAlloc: boolean;
}

/** Heap, growth and fragmentation profiles of tcmalloc and of early Go, as text. */
export const legacyHeap: Format = {
  name: 'heap (text)',
  detects: ({ head }) => kindOf(firstLine(head)) !== undefined,
  read: ({ text, name }) => {
    const kind = kindOf(firstLine(text));
    if (kind === undefined) throw badFile(name, 'no heap profile');
    const lines = linesOf(text);
    const end = lines.findIndex(isMemoryMapStart);
    const rows = lines.slice(1, end < 0 ? lines.length : end);
    const samples = rows.flatMap((line, i) =>
      isBlank(line) ? [] : [parseRow(line.trim(), kind, `${name}:${i + 2}`)],
    );
    const types = kind.hasAlloc
      ? ['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space']
      : ['objects', 'space'];
    return toProfile({
      sampleTypes: types.map((type, i) => ({ type, unit: i % 2 === 0 ? 'count' : 'bytes' })),
      periodType: { type: 'space', unit: 'bytes' },
      period: kind.period,
      ...{ samples, memoryMap: memoryMapOf(lines, 0) },
    });
  },
};

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function kindOf(line: string): HeapKind | undefined {
  const [, inuse, inuseBytes, alloc, allocBytes, word, period = ''] = header.exec(line) ?? [];
  if (word === undefined)
    return growth.test(line) ? { period: 1n, isSampled: false, hasAlloc: false } : undefined;
  const hasAlloc = (alloc !== inuse && alloc !== '0') || (allocBytes !== inuseBytes && allocBytes !== '0');
  const given = period === '' ? 0n : BigInt(period);
  if (word === 'heapz_v2' || word === 'heap_v2') return { period: given, isSampled: true, hasAlloc };
  if (word === 'heapprofile') return { period: 1n, isSampled: false, hasAlloc };
  return word === 'heap' ? { period: given / 2n, isSampled: true, hasAlloc } : undefined;
}

function parseRow(line: string, kind: HeapKind, place: string): AddressSample {
  const match = row.exec(line);
  if (match === null) throw badFile(place, `no sample: ${line.slice(0, 60)}`);
  const [, inuse = '', inuseBytes = '', alloc = '', allocBytes = '', stack = ''] = match;
  const own = readPair(inuse, inuseBytes, place);
  const all = readPair(alloc, allocBytes, place);
  const used = kind.hasAlloc ? [all, own] : [own];
  const bytes = used.reduce((size, pair) => (pair.count === 0n ? size : pair.size / pair.count), 0n);
  const values = used.flatMap((pair) =>
    kind.isSampled ? scaled(pair, kind.period) : [pair.count, pair.size],
  );
  return { addresses: callAddresses(hexNumbers(stack, place)), values, bytes };
}

interface Pair {
  readonly count: bigint;
  readonly size: bigint;
}

function readPair(count: string, size: string, place: string): Pair {
  const pair = { count: decimal(count, place), size: decimal(size, place) };
  if (pair.count === 0n && pair.size !== 0n) throw badFile(place, `${size} bytes in no object`);
  return pair;
}

/**
 * What a sample stands for: one of a size s is taken with the probability 1 − exp(−s / period).
 *
 * @see https://github.com/google/tcmalloc/blob/master/docs/sampling.md
 */
function scaled({ count, size }: Pair, period: bigint): bigint[] {
  if (count === 0n || size === 0n) return [0n, 0n];
  if (period <= 1n) return [count, size];
  const factor = 1 / (1 - Math.exp(-(Number(size) / Number(count)) / Number(period)));
  return [count, size].map((value) => BigInt(Math.trunc(Number(value) * factor)));
}
