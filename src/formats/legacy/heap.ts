import type { Format } from '../format.js';
import { type AddressSample, addressProfile } from './address-profile.js';
import { int64OfNumber, parseAddresses, parseInt64 } from './int64.js';
import { LineScanner } from './line-scanner.js';
import { isMapSentinel, readMaps } from './proc-maps.js';

const heapHeader = /heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ *(heap[_a-z0-9]*)\/?(\d*)/;
const otherHeader = /heap profile: *\d+: *\d+ *\[ *\d+: *\d+ *\] @ (?:growthz?|fragmentationz?)/;
// A match cannot begin inside a number, which keeps long ones from being tried at each digit.
const sampleLine = /(-\d+|(?<!\d)\d+): *(-?\d+) *\[ *(\d+): *(\d+) *\] @([ x0-9a-f]*)/;

/**
 * pprof's old heap profiles in text: `heap profile: 1: 2 [3: 4] @ heap/524288`, then samples of objects
 * and bytes, in use and allocated, then memory maps. Growth and fragmentation profiles look the same.
 */
export const legacyHeap: Format = {
  name: 'legacy heap profile',

  detects(source) {
    const [first = ''] = source.headLines;
    return first.length < 4096 && (heapKind(first) !== undefined || otherHeader.test(first));
  },

  read(source) {
    const scanner = new LineScanner(source);
    scanner.scan();
    const kind = heapKind(scanner.text) ?? { period: 1n, isSampled: false, hasAllocated: false };
    const samples: AddressSample[] = [];
    while (scanner.scan() && !isMapSentinel(scanner.text))
      if (!scanner.isBlank) samples.push(readSample(scanner, kind));
    while (!isMapSentinel(scanner.text) && scanner.scan());
    const maps = readMaps(scanner);
    const types = (prefix: string): { type: string; unit: string }[] => [
      { type: `${prefix}objects`, unit: 'count' },
      { type: `${prefix}space`, unit: 'bytes' },
    ];
    return addressProfile(samples, maps, {
      sampleTypes: kind.hasAllocated ? [...types('alloc_'), ...types('inuse_')] : types(''),
      periodType: { type: 'space', unit: 'bytes' },
      period: kind.period,
    });
  },
};

interface HeapKind {
  /** Bytes between two samples. */
  readonly period: bigint;
  /** Values are of samples, and to be scaled up to what there was. */
  readonly isSampled: boolean;
  readonly hasAllocated: boolean;
}

function heapKind(line: string): HeapKind | undefined {
  const match = line.length > 4096 ? null : heapHeader.exec(line);
  if (match === null) return undefined;
  const [, objects, bytes, allObjects, allBytes, name, rate = ''] = match;
  const period = rate === '' ? 0n : parseInt64(rate);
  if (period === undefined) return undefined;
  const differs = (all: string | undefined, own: string | undefined): boolean => all !== own && all !== '0';
  const hasAllocated = differs(allObjects, objects) || differs(allBytes, bytes);
  switch (name) {
    case 'heapz_v2':
    case 'heap_v2':
      return { period, isSampled: true, hasAllocated };
    case 'heapprofile':
      return { period: 1n, isSampled: false, hasAllocated };
    case 'heap':
      return { period: period / 2n, isSampled: true, hasAllocated };
    default:
      return undefined;
  }
}

function readSample(scanner: LineScanner, { period, isSampled, hasAllocated }: HeapKind): AddressSample {
  const [, objects = '', bytes = '', allObjects = '', allBytes = '', stack = ''] =
    sampleLine.exec(scanner.text) ?? [];
  if (objects === '') throw scanner.error('is not a sample of a heap profile');
  const pairs = hasAllocated
    ? [
        [allObjects, allBytes],
        [objects, bytes],
      ]
    : [[objects, bytes]];
  const values: bigint[] = [];
  let blockSize = 0n;
  for (const [first = '', second = ''] of pairs) {
    const [count, size] = [parseInt64(first), parseInt64(second)];
    if (count === undefined || size === undefined) throw scanner.error('has a number past 64 bits');
    if (count === 0n && size !== 0n) throw scanner.error(`has ${size} bytes in no object`);
    if (count !== 0n) blockSize = size / count;
    values.push(...(isSampled ? scaledUp({ count, size }, period) : [count, size]));
  }
  const addresses = parseAddresses(stack);
  if (addresses === undefined) throw scanner.error('has an address past 64 bits');
  return { addresses: addresses.map((address) => BigInt.asUintN(64, address - 1n)), values, blockSize };
}

/** What there was, by the chance of an object of that size to be sampled: 1 − e^(−size/rate). */
function scaledUp({ count, size }: { count: bigint; size: bigint }, rate: bigint): [bigint, bigint] {
  if (count === 0n || size === 0n) return [0n, 0n];
  if (rate <= 1n) return [count, size];
  const scale = 1 / (1 - Math.exp(-(Number(size) / Number(count)) / Number(rate)));
  return [int64OfNumber(Number(count) * scale), int64OfNumber(Number(size) * scale)];
}
