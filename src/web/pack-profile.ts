import type { Labels, Locations, Mapping, Profile, ValueColumn } from '../profile/profile.js';
import { StringTable } from '../profile/strings.js';
import { ByteReader, ByteWriter } from './byte-stream.js';
import { packStacks, unpackStacks } from './pack-stacks.js';

/**
 * A profile as few bytes, for a page that stands alone. Everything that reports show is in it; ids are not, and samples
 * come in another order.
 */
export function packProfile(profile: Profile): Uint8Array {
  const { samples, locations, funcs } = profile;
  const { order, bytes } = packStacks(samples, locations);
  const strings = new KeptStrings(profile.strings);
  const to = new ByteWriter();
  to.number(funcs.count);
  for (const column of [funcs.name, funcs.systemName, funcs.file])
    for (const string of column) to.number(strings.number(string));
  for (const line of funcs.startLine) to.signed(line);
  writeLocations(to, locations);
  to.number(samples.count);
  to.bytes(bytes);
  for (const column of samples.values) writeValues(to, column, order);
  writeLabels(to, samples.labels, { order, strings });
  const all = new ByteWriter();
  all.bytes(new TextEncoder().encode(JSON.stringify(headOf(profile, strings.texts))));
  all.bytes(to.toArray());
  return all.toArray();
}

/** The profile that was packed. */
export function unpackProfile(bytes: Uint8Array): Profile {
  const all = new ByteReader(bytes);
  const { strings: texts, ...head }: Head = JSON.parse(new TextDecoder().decode(all.bytes()));
  const strings = new StringTable();
  for (const text of texts.slice(1)) strings.getOrInsert(text);
  const from = new ByteReader(all.bytes());
  const numbers = (count: number): Uint32Array => Uint32Array.from({ length: count }, () => from.number());
  const signed = (count: number): Float64Array => Float64Array.from({ length: count }, () => from.signed());
  const funcCount = from.number();
  const [name, systemName, file] = [numbers(funcCount), numbers(funcCount), numbers(funcCount)];
  const startLine = signed(funcCount);
  const locations = readLocations(from, { numbers, signed });
  const count = from.number();
  const stacks = unpackStacks(from.bytes(), count, locations);
  const values = head.sampleTypes.map(() => readValues(from, count));
  const labels = readLabels(from, count, numbers);
  return {
    ...head,
    ...{ strings, locations },
    funcs: { count: funcCount, id: idsOf(funcCount), name, systemName, file, startLine },
    samples: { count, ...stacks, values, labels },
    mappings: head.mappings.map(mappingOf),
    timeNanos: BigInt(head.timeNanos),
    durationNanos: BigInt(head.durationNanos),
    period: BigInt(head.period),
  };
}

type PlainMapping = Omit<Mapping, 'id' | 'start' | 'limit' | 'offset'>;

interface Head
  extends Pick<
    Profile,
    'sampleTypes' | 'defaultSampleType' | 'comments' | 'docUrl' | 'dropFrames' | 'keepFrames' | 'periodType'
  > {
  readonly strings: readonly string[];
  readonly mappings: readonly PlainMapping[];
  readonly timeNanos: string;
  readonly durationNanos: string;
  readonly period: string;
}

function headOf(profile: Profile, strings: readonly string[]): Head {
  const { sampleTypes, defaultSampleType, comments, docUrl, dropFrames, keepFrames, periodType } = profile;
  return {
    ...{ sampleTypes, defaultSampleType, comments, docUrl, dropFrames, keepFrames, periodType, strings },
    mappings: profile.mappings.map(
      ({ id: _id, start: _start, limit: _limit, offset: _offset, ...plain }) => plain,
    ),
    timeNanos: String(profile.timeNanos),
    durationNanos: String(profile.durationNanos),
    period: String(profile.period),
  };
}

function mappingOf(plain: PlainMapping, i: number): Mapping {
  return { ...plain, id: BigInt(i + 1), start: 0n, limit: 0n, offset: 0n };
}

/** The strings that are used, numbered anew; the first is the empty one. */
class KeptStrings {
  readonly texts: string[] = [''];
  readonly #from: StringTable;
  readonly #numbers = new Map<string, number>([['', 0]]);

  constructor(from: StringTable) {
    this.#from = from;
  }

  number(index: number): number {
    const text = this.#from.get(index);
    const known = this.#numbers.get(text) ?? this.texts.push(text) - 1;
    this.#numbers.set(text, known);
    return known;
  }
}

function idsOf(count: number): BigUint64Array {
  return BigUint64Array.from({ length: count }, (_, i) => BigInt(i + 1));
}

function writeLocations(to: ByteWriter, locations: Locations): void {
  const { count, lineStart, lineFunc, lineNumber, lineColumn, mapping, isFolded, address } = locations;
  to.number(count);
  for (let i = 0; i < count; i++) to.number((lineStart[i + 1] ?? 0) - (lineStart[i] ?? 0));
  for (const func of lineFunc) to.number(func);
  for (const line of lineNumber) to.signed(line);
  for (const column of lineColumn) to.signed(column);
  for (const one of mapping) to.number(one + 1);
  for (const one of isFolded) to.number(one);
  for (const one of address) {
    to.number(Number(one & 0xffff_ffffn));
    to.number(Number(one >> 32n));
  }
}

interface Columns {
  readonly numbers: (count: number) => Uint32Array;
  readonly signed: (count: number) => Float64Array;
}

function readLocations(from: ByteReader, { numbers, signed }: Columns): Locations {
  const count = from.number();
  const lineStart = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) lineStart[i + 1] = (lineStart[i] ?? 0) + from.number();
  const lines = lineStart[count] ?? 0;
  return {
    ...{ count, id: idsOf(count), lineStart },
    lineFunc: numbers(lines),
    lineNumber: signed(lines),
    lineColumn: signed(lines),
    mapping: Int32Array.from({ length: count }, () => from.number() - 1),
    isFolded: Uint8Array.from({ length: count }, () => from.number()),
    address: BigUint64Array.from(
      { length: count },
      () => BigInt(from.number()) + (BigInt(from.number()) << 32n),
    ),
  };
}

/** Numbers where all are small enough; else texts of digits. */
function writeValues(to: ByteWriter, column: ValueColumn, order: Uint32Array): void {
  const isPlain = column instanceof Float64Array && column.every((value) => Math.abs(value) < 2 ** 52);
  to.number(isPlain ? 1 : 0);
  if (isPlain) for (const sample of order) to.signed(column[sample] ?? 0);
  else
    to.bytes(new TextEncoder().encode(Array.from(order, (sample) => String(column[sample] ?? 0)).join(' ')));
}

function readValues(from: ByteReader, count: number): ValueColumn {
  if (from.number() === 1) return Float64Array.from({ length: count }, () => from.signed());
  const words = new TextDecoder().decode(from.bytes()).split(' ');
  return BigInt64Array.from({ length: count }, (_, i) => BigInt(words[i] ?? 0));
}

function writeLabels(
  to: ByteWriter,
  { start, key, text, number, unit }: Labels,
  { order, strings }: { readonly order: Uint32Array; readonly strings: KeptStrings },
): void {
  for (const sample of order) to.number((start[sample + 1] ?? 0) - (start[sample] ?? 0));
  for (const sample of order) {
    for (let at = start[sample] ?? 0; at < (start[sample + 1] ?? 0); at++) {
      for (const column of [key, text, unit]) to.number(strings.number(column[at] ?? 0));
      to.bytes(new TextEncoder().encode(String(number[at] ?? 0)));
    }
  }
}

function readLabels(from: ByteReader, count: number, numbers: Columns['numbers']): Labels {
  const start = new Uint32Array(count + 1);
  for (const [i, length] of numbers(count).entries()) start[i + 1] = (start[i] ?? 0) + length;
  const length = start[count] ?? 0;
  const [key, text, unit] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  const number = new BigInt64Array(length);
  for (let at = 0; at < length; at++) {
    for (const column of [key, text, unit]) column[at] = from.number();
    number[at] = BigInt(new TextDecoder().decode(from.bytes()));
  }
  return { start, key, text, number, unit };
}
