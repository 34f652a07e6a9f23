import type { Labels, Mapping, Profile, ValueType } from '../../profile/profile.js';
import { StringTable } from '../../profile/strings.js';
import { ValueColumnBuilder } from '../../profile/value-columns.js';
import { arrangeMaps, mapOf } from './main-map.js';
import type { MemoryMap } from './proc-maps.js';

/** A sample of a profile whose frames have no names. */
export interface AddressSample {
  /** Leaf first. */
  addresses: readonly bigint[];
  /** One int64 per sample type. */
  values: readonly bigint[];
  /** Becomes the numeric label `bytes`. */
  readonly blockSize?: bigint;
}

/** What is known of such a profile besides samples. */
export interface AddressProfileOptions {
  readonly sampleTypes: readonly ValueType[];
  readonly periodType: ValueType;
  readonly period: bigint;
  readonly durationNanos?: bigint;
  /** Take out the second frame where it is the leaf once more, taken for a call; its location stays. */
  readonly dropDoubledLeaf?: boolean;
}

/** A profile of addresses: a location for each, in the order of samples, in the map that holds it. */
export function addressProfile(
  read: readonly AddressSample[],
  maps: readonly MemoryMap[],
  options: AddressProfileOptions,
): Profile {
  const locations = new Map<bigint, number>();
  for (const { addresses } of read)
    for (const address of addresses) if (!locations.has(address)) locations.set(address, locations.size);
  const samples = options.dropDoubledLeaf === true ? read.map(withoutDoubledLeaf) : read;
  const strings = new StringTable();
  const count = locations.size;
  const { mappings, mapping } = placed([...locations.keys()], maps);
  return {
    ...{ sampleTypes: options.sampleTypes, defaultSampleType: '' },
    samples: {
      count: samples.length,
      start: starts(samples.map(({ addresses }) => addresses.length)),
      stack: stackOf(samples, locations),
      values: options.sampleTypes.map((_, type) => columnOf(samples, type)),
      labels: labelsOf(samples, strings),
    },
    locations: {
      ...{ count, id: idsFrom1(count), address: BigUint64Array.from(locations.keys()), mapping },
      ...{ isFolded: new Uint8Array(count), lineStart: new Uint32Array(count + 1) },
      ...{ lineFunc: new Uint32Array(), lineNumber: new Float64Array(), lineColumn: new Float64Array() },
    },
    funcs: {
      ...{ count: 0, id: new BigUint64Array(), name: new Uint32Array(), systemName: new Uint32Array() },
      ...{ file: new Uint32Array(), startLine: new Float64Array() },
    },
    ...{ mappings, strings, comments: [], docUrl: '', dropFrames: '', keepFrames: '' },
    ...{ timeNanos: 0n, durationNanos: options.durationNanos ?? 0n },
    ...{ periodType: options.periodType, period: options.period },
  };
}

function withoutDoubledLeaf(sample: AddressSample): AddressSample {
  const [leaf, next, ...rest] = sample.addresses;
  const isDoubled = leaf !== undefined && next !== undefined && leaf === BigInt.asUintN(64, next + 1n);
  return isDoubled ? { ...sample, addresses: [leaf, ...rest] } : sample;
}

/** The mappings, and for each address the one that it is in; one of its own for all that are in none. */
function placed(
  addresses: readonly bigint[],
  given: readonly MemoryMap[],
): { mappings: Mapping[]; mapping: Int32Array } {
  const maps = arrangeMaps(given);
  const known = maps.length;
  const mapping = Int32Array.from(addresses, (address) => {
    if (address === 0n) return -1;
    const found = mapOf(maps, address);
    if (found >= 0) return found;
    if (maps.length === known)
      maps.push({ start: 0n, limit: 2n ** 64n - 1n, offset: 0n, file: '', buildId: '' });
    return known;
  });
  const has = { hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false };
  return { mappings: maps.map((map, i) => ({ id: BigInt(i + 1), ...map, ...has })), mapping };
}

function stackOf(samples: readonly AddressSample[], locations: ReadonlyMap<bigint, number>): Uint32Array {
  const length = samples.reduce((sum, { addresses }) => sum + addresses.length, 0);
  const stack = new Uint32Array(length);
  let at = 0;
  for (const { addresses } of samples)
    for (const address of addresses) stack[at++] = locations.get(address) ?? 0;
  return stack;
}

function columnOf(samples: readonly AddressSample[], type: number): Float64Array | BigInt64Array {
  const column = new ValueColumnBuilder(samples.length);
  for (const [i, { values }] of samples.entries()) {
    const value = BigInt.asIntN(64, values[type] ?? 0n);
    if (BigInt.asIntN(54, value) === value) column.set(i, Number(value));
    else column.setBigInt(i, value);
  }
  return column.build(samples.length);
}

function labelsOf(samples: readonly AddressSample[], strings: StringTable): Labels {
  // A label that is 0 and has no unit cannot be told from none in the file.
  const sizes = samples.map(({ blockSize }) => blockSize);
  const own = sizes.filter((size) => size !== undefined);
  const none = new Uint32Array(own.length);
  return {
    start: starts(sizes.map((size) => (size === undefined ? 0 : 1))),
    key: own.length > 0 ? none.slice().fill(strings.getOrInsert('bytes')) : none,
    text: none,
    number: BigInt64Array.from(own),
    unit: none,
  };
}

function starts(lengths: readonly number[]): Uint32Array {
  const start = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) start[i + 1] = (start[i] ?? 0) + length;
  return start;
}

function idsFrom1(count: number): BigUint64Array {
  return BigUint64Array.from({ length: count }, (_, i) => BigInt(i + 1));
}
