import type { Mapping, Profile, ValueType } from '../../profile/profile.js';
import { StringTable } from '../../profile/strings.js';
import { ValueColumnBuilder } from '../../profile/value-columns.js';
import { parseMemoryMap } from './memory-map.js';

/** A sample of a program whose functions are not known by name. */
export interface AddressSample {
  /** Leaf first. */
  readonly addresses: readonly bigint[];
  readonly values: readonly bigint[];
  /** Size of the objects, as label `bytes`; undefined for none. */
  readonly bytes?: bigint;
}

/** What a legacy file says. */
export interface AddressProfile {
  readonly sampleTypes: readonly ValueType[];
  readonly periodType: ValueType;
  readonly period: bigint;
  readonly durationNanos?: bigint;
  readonly samples: readonly AddressSample[];
  /** The lines of the memory map. */
  readonly memoryMap: readonly string[];
  /** A last change of samples; locations that they lose by it stay in the profile, as in pprof. */
  readonly finish?: (sample: AddressSample) => AddressSample;
}

/** The profile of a legacy file. */
export function toProfile(given: AddressProfile): Profile {
  const { sampleTypes, finish = (sample) => sample } = given;
  const strings = new StringTable();
  const addresses = [...new Set(given.samples.flatMap((sample) => sample.addresses))];
  const samples = given.samples.map(finish);
  const index = new Map(addresses.map((address, i) => [address, i]));
  const { mappings, mappingOf } = mapAddresses(addresses, parseMemoryMap(given.memoryMap));
  const labelled = samples.map(({ bytes }) => bytes !== undefined && bytes !== 0n);
  const labels = samples.flatMap(({ bytes }) => (bytes === undefined || bytes === 0n ? [] : [bytes]));
  const key = labels.length === 0 ? 0 : strings.getOrInsert('bytes');
  const count = addresses.length;
  const none = new Uint32Array();
  return {
    ...{ sampleTypes, periodType: given.periodType, period: given.period, mappings, strings },
    ...{ defaultSampleType: '', comments: [], docUrl: '', dropFrames: '', keepFrames: '' },
    ...{ timeNanos: 0n, durationNanos: given.durationNanos ?? 0n },
    samples: {
      count: samples.length,
      start: starts(samples.map((sample) => sample.addresses.length)),
      stack: Uint32Array.from(
        samples.flatMap((sample) => sample.addresses.map((address) => index.get(address) ?? 0)),
      ),
      values: sampleTypes.map((_, type) => column(samples.map(({ values }) => values[type] ?? 0n))),
      labels: {
        start: starts(labelled.map(Number)),
        key: new Uint32Array(labels.length).fill(key),
        text: new Uint32Array(labels.length),
        number: BigInt64Array.from(labels),
        unit: new Uint32Array(labels.length),
      },
    },
    locations: {
      ...{ count, lineStart: new Uint32Array(count + 1), lineFunc: none, isFolded: new Uint8Array(count) },
      id: BigUint64Array.from(addresses, (_, i) => BigInt(i + 1)),
      address: BigUint64Array.from(addresses),
      mapping: Int32Array.from(mappingOf),
      ...{ lineNumber: new Float64Array(), lineColumn: new Float64Array() },
    },
    funcs: {
      ...{ count: 0, id: new BigUint64Array(), name: none, systemName: none, file: none },
      startLine: new Float64Array(),
    },
  };
}

function starts(lengths: readonly number[]): Uint32Array {
  const start = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) start[i + 1] = (start[i] ?? 0) + length;
  return start;
}

function column(values: readonly bigint[]): Float64Array | BigInt64Array {
  const builder = new ValueColumnBuilder(values.length);
  const source = BigInt64Array.from(values);
  for (let i = 0; i < values.length; i++) builder.copy(i, source, i);
  return builder.build(values.length);
}

type MutableMapping = { -readonly [K in keyof Mapping]: Mapping[K] };

/** Finds the mapping of each address; what is in none gets one without a name. */
function mapAddresses(
  addresses: readonly bigint[],
  given: readonly Mapping[],
): { mappings: Mapping[]; mappingOf: number[] } {
  const mappings: MutableMapping[] = given.map((mapping) => ({ ...mapping }));
  const [first, second] = mappings;
  if (first?.file.startsWith('/anon_hugepage') && first.limit === second?.start) mappings.shift();
  const [main] = mappings;
  // The program's usual place, whatever the offset says.
  if (main !== undefined && main.start - main.offset === 0x40_0000n)
    Object.assign(main, { start: 0x40_0000n, offset: 0n });
  const mappingOf = addresses.map((address) => (address === 0n ? -1 : findMapping(mappings, address)));
  for (const [i, mapping] of mappings.entries()) mapping.id = BigInt(i + 1);
  return { mappings, mappingOf };
}

function findMapping(mappings: MutableMapping[], address: bigint): number {
  const inside = mappings.findIndex(({ start, limit }) => start <= address && address < limit);
  if (inside >= 0) return inside;
  // The first part of a mapping that was split in two may be missing.
  const behind = mappings.findIndex(
    ({ start, offset }) => offset !== 0n && BigInt.asUintN(64, start - offset) <= address && address < start,
  );
  const mapping = mappings[behind];
  if (mapping !== undefined) {
    mapping.start -= mapping.offset;
    mapping.offset = 0n;
    return behind;
  }
  const has = { hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false };
  const everything = { id: 1n, start: 0n, limit: 2n ** 64n - 1n, offset: 0n, file: '', buildId: '', ...has };
  return mappings.push(everything) - 1;
}
