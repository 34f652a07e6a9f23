import { ProfError } from '../error.js';
import { makeCompatible } from './compatible.js';
import { numberLabels, textLabels } from './labels.js';
import { Uint32List } from './list.js';
import type { Funcs, Labels, Locations, Mapping, Profile, Samples } from './profile.js';
import { normalizeValues, scaleValues } from './scale-values.js';
import { StringTable } from './strings.js';
import { ValueColumnBuilder } from './value-columns.js';

/**
 * One profile with the samples of all: equal stacks with equal labels are added together, samples
 * without any value go, ids count from 1. A single profile stays as it is.
 *
 * @param profiles - at least one
 * @throws ProfError `bad-profile` where they have no sample type in common
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const [first, ...others] = makeCompatible(profiles);
  if (first === undefined) throw new TypeError('no profiles to merge');
  return others.length === 0 ? first : compact([first, ...others]);
}

/** How to take one profile from another. */
export interface SubtractOptions {
  /** Mark the base's samples, so that percentages are taken of the base. */
  readonly mark: boolean;
  /** First scale the profile to the base's totals. */
  readonly normalize: boolean;
}

/** What `profile` has more than `base`. */
export function subtractProfile(
  profile: Profile,
  base: Profile,
  { mark, normalize }: SubtractOptions,
): Profile {
  if (normalize) checkTypes(profile, base);
  const scaled = normalize ? normalizeValues(profile, base) : profile;
  const marked = mark ? markAsBase(base) : base;
  return mergeProfiles([
    scaled,
    scaleValues(
      marked,
      marked.sampleTypes.map(() => -1),
    ),
  ]);
}

function checkTypes(a: Profile, b: Profile): void {
  const types = ({ sampleTypes, periodType }: Profile): string =>
    [...sampleTypes, periodType].map(({ type, unit }) => `${type}/${unit}`).join(', ');
  if (types(a) !== types(b))
    throw new ProfError('bad-profile', `cannot normalize ${types(a)} by ${types(b)}`, {
      hint: 'Both profiles need the same sample types in the same order.',
    });
}

function markAsBase(profile: Profile): Profile {
  const { samples, strings } = profile;
  const { labels } = samples;
  const [key, text] = [strings.getOrInsert('pprof::base'), strings.getOrInsert('true')];
  const count = labels.key.length + samples.count;
  const start = labels.start.map((at, i) => at + i);
  const marked = {
    start,
    key: new Uint32Array(count),
    text: new Uint32Array(count),
    number: new BigInt64Array(count),
    unit: new Uint32Array(count),
  };
  for (let i = 0; i < samples.count; i++) {
    const [from, to] = [labels.start[i]!, labels.start[i + 1]!];
    for (const column of ['key', 'text', 'unit'] as const)
      marked[column].set(labels[column].subarray(from, to), start[i]!);
    marked.number.set(labels.number.subarray(from, to), start[i]!);
    marked.key[start[i + 1]! - 1] = key;
    marked.text[start[i + 1]! - 1] = text;
  }
  return { ...profile, samples: { ...samples, labels: marked } };
}

function compact(profiles: readonly Profile[]): Profile {
  const merger = new Merger(profiles[0]!.sampleTypes.length);
  for (const profile of profiles) merger.add(profile);
  const merged: Profile = { ...mergeHeaders(profiles), ...merger.build() };
  // What cancels out leaves samples without value behind, and with them locations that nobody needs.
  return merger.hasZeros ? compact([merged]) : merged;
}

type Header = Omit<Profile, 'samples' | 'locations' | 'funcs' | 'mappings' | 'strings'>;

function mergeHeaders(profiles: readonly Profile[]): Header {
  const [first] = profiles as [Profile, ...Profile[]];
  let [timeNanos, durationNanos, period] = [0n, 0n, 0n];
  for (const profile of profiles) {
    if (timeNanos === 0n || profile.timeNanos < timeNanos) timeNanos = profile.timeNanos;
    durationNanos = BigInt.asIntN(64, durationNanos + profile.durationNanos);
    if (period === 0n || period < profile.period) period = profile.period;
  }
  return {
    ...{ timeNanos, durationNanos, period },
    sampleTypes: first.sampleTypes,
    periodType: first.periodType,
    dropFrames: first.dropFrames,
    keepFrames: first.keepFrames,
    comments: [...new Set(profiles.flatMap(({ comments }) => comments))],
    defaultSampleType: profiles.find((profile) => profile.defaultSampleType !== '')?.defaultSampleType ?? '',
    docUrl: profiles.find((profile) => profile.docUrl !== '')?.docUrl ?? '',
  };
}

/** Numbers the entries of one source profile have in the merged one; -1 where not yet met. */
interface Source {
  readonly profile: Profile;
  readonly locations: Int32Array;
  readonly funcs: Int32Array;
  readonly mappings: Map<number, { index: number; offset: bigint }>;
}

class Merger {
  readonly #strings = new StringTable();
  readonly #mappings: Mapping[] = [];
  readonly #mappingKeys = new Map<string, number>();
  readonly #funcKeys = new Map<string, number>();
  readonly #funcs = { name: new Uint32List(), systemName: new Uint32List(), file: new Uint32List() };
  readonly #startLine: number[] = [];
  readonly #locationKeys = new Map<string, number>();
  readonly #locations = { mapping: [] as number[], address: [] as bigint[], isFolded: [] as number[] };
  readonly #lineStart = [0];
  readonly #lineFunc: number[] = [];
  readonly #lineNumber: number[] = [];
  readonly #lineColumn: number[] = [];
  readonly #sampleKeys = new Map<string, number>();
  readonly #start = new Uint32List();
  readonly #stack = new Uint32List();
  readonly #values: ValueColumnBuilder[];
  readonly #labelStart = new Uint32List();
  readonly #labelKey = new Uint32List();
  readonly #labelText = new Uint32List();
  readonly #labelNumber: bigint[] = [];
  readonly #labelUnit = new Uint32List();

  constructor(sampleTypes: number) {
    this.#values = Array.from({ length: sampleTypes }, () => new ValueColumnBuilder(16));
    this.#start.push(0);
    this.#labelStart.push(0);
  }

  get hasZeros(): boolean {
    for (let i = 0; i < this.#sampleKeys.size; i++)
      if (this.#values.every((column) => column.get(i) === 0n)) return true;
    return false;
  }

  add(profile: Profile): void {
    const source: Source = {
      profile,
      locations: new Int32Array(profile.locations.count).fill(-1),
      funcs: new Int32Array(profile.funcs.count).fill(-1),
      mappings: new Map(),
    };
    // The first mapping is the main binary; it stays the first.
    if (this.#mappings.length === 0 && profile.mappings.length > 0) this.#mapping(source, 0);
    const { count, values } = profile.samples;
    for (let i = 0; i < count; i++) if (values.some((column) => Boolean(column[i]))) this.#sample(source, i);
  }

  build(): Pick<Profile, 'samples' | 'locations' | 'funcs' | 'mappings' | 'strings'> {
    return {
      samples: this.#buildSamples(),
      locations: this.#buildLocations(),
      funcs: this.#buildFuncs(),
      mappings: this.#mappings,
      strings: this.#strings,
    };
  }

  #sample(source: Source, i: number): void {
    const { samples } = source.profile;
    const stack: number[] = [];
    for (let at = samples.start[i]!; at < samples.start[i + 1]!; at++)
      stack.push(this.#location(source, samples.stack[at]!));
    const key = `${stack.join()}|${labelKey(source.profile, i)}`;
    const known = this.#sampleKeys.get(key);
    const index = known ?? this.#sampleKeys.size;
    for (const [type, column] of this.#values.entries()) {
      const own = samples.values[type]!;
      if (known === undefined) column.copy(index, own, i);
      else column.add(index, BigInt(own[i]!));
    }
    if (known !== undefined) return;
    this.#sampleKeys.set(key, index);
    for (const location of stack) this.#stack.push(location);
    this.#start.push(this.#stack.length);
    this.#labels(source.profile, i);
  }

  #labels({ samples: { labels }, strings }: Profile, i: number): void {
    const number = (index: number): number => this.#strings.getOrInsert(strings.get(index));
    for (let at = labels.start[i]!; at < labels.start[i + 1]!; at++) {
      this.#labelKey.push(number(labels.key[at]!));
      this.#labelText.push(labels.text[at] === 0 ? 0 : number(labels.text[at]!));
      this.#labelNumber.push(labels.number[at]!);
      this.#labelUnit.push(number(labels.unit[at]!));
    }
    this.#labelStart.push(this.#labelKey.length);
  }

  #location(source: Source, i: number): number {
    const known = source.locations[i]!;
    if (known >= 0) return known;
    const index = this.#findLocation(source, i);
    source.locations[i] = index;
    return index;
  }

  #findLocation(source: Source, i: number): number {
    const { locations } = source.profile;
    const mapping =
      locations.mapping[i]! < 0 ? { index: -1, offset: 0n } : this.#mapping(source, locations.mapping[i]!);
    const address = BigInt.asUintN(64, locations.address[i]! + mapping.offset);
    const lines: [func: number, line: number, column: number][] = [];
    for (let line = locations.lineStart[i]!; line < locations.lineStart[i + 1]!; line++)
      lines.push([
        this.#func(source, locations.lineFunc[line]!),
        locations.lineNumber[line]!,
        locations.lineColumn[line]!,
      ]);
    // pprof tells locations apart by the column of the last line only.
    const places = lines.map(([func, line]) => `${func}:${line}`).join();
    const offset = address - (this.#mappings[mapping.index]?.start ?? 0n);
    const key = `${offset} ${mapping.index} ${locations.isFolded[i]} ${places} ${lines.at(-1)?.[2]}`;
    const known = this.#locationKeys.get(key);
    if (known !== undefined) return known;
    const index = this.#locationKeys.size;
    this.#locationKeys.set(key, index);
    this.#locations.mapping.push(mapping.index);
    this.#locations.address.push(address);
    this.#locations.isFolded.push(locations.isFolded[i]!);
    for (const [func, line, column] of lines) {
      this.#lineFunc.push(func);
      this.#lineNumber.push(line);
      this.#lineColumn.push(column);
    }
    this.#lineStart.push(this.#lineFunc.length);
    return index;
  }

  #func(source: Source, i: number): number {
    const known = source.funcs[i]!;
    if (known >= 0) return known;
    const { funcs, strings } = source.profile;
    const texts = [funcs.name[i]!, funcs.systemName[i]!, funcs.file[i]!].map((index) => strings.get(index));
    const key = `${funcs.startLine[i]} ${texts.join('\0')}`;
    let index = this.#funcKeys.get(key);
    if (index === undefined) {
      index = this.#funcKeys.size;
      this.#funcKeys.set(key, index);
      const [name = 0, systemName = 0, file = 0] = texts.map((text) => this.#strings.getOrInsert(text));
      this.#funcs.name.push(name);
      this.#funcs.systemName.push(systemName);
      this.#funcs.file.push(file);
      this.#startLine.push(funcs.startLine[i]!);
    }
    source.funcs[i] = index;
    return index;
  }

  #mapping(source: Source, i: number): { index: number; offset: bigint } {
    const known = source.mappings.get(i);
    if (known !== undefined) return known;
    const mapping = source.profile.mappings[i]!;
    const key = mappingKey(mapping);
    let index = this.#mappingKeys.get(key);
    if (index === undefined) {
      index = this.#mappings.push({ ...mapping, id: BigInt(this.#mappings.length + 1) }) - 1;
      this.#mappingKeys.set(key, index);
    }
    const found = { index, offset: this.#mappings[index]!.start - mapping.start };
    source.mappings.set(i, found);
    return found;
  }

  #buildSamples(): Samples {
    const count = this.#sampleKeys.size;
    const labels: Labels = {
      start: this.#labelStart.toArray(),
      key: this.#labelKey.toArray(),
      text: this.#labelText.toArray(),
      number: BigInt64Array.from(this.#labelNumber),
      unit: this.#labelUnit.toArray(),
    };
    const values = this.#values.map((column) => column.build(count));
    return { count, start: this.#start.toArray(), stack: this.#stack.toArray(), values, labels };
  }

  #buildLocations(): Locations {
    const { mapping, address, isFolded } = this.#locations;
    return {
      count: mapping.length,
      id: BigUint64Array.from(mapping, (_, i) => BigInt(i + 1)),
      address: BigUint64Array.from(address),
      mapping: Int32Array.from(mapping),
      isFolded: Uint8Array.from(isFolded),
      lineStart: Uint32Array.from(this.#lineStart),
      lineFunc: Uint32Array.from(this.#lineFunc),
      lineNumber: Float64Array.from(this.#lineNumber),
      lineColumn: Float64Array.from(this.#lineColumn),
    };
  }

  #buildFuncs(): Funcs {
    const count = this.#startLine.length;
    return {
      count,
      id: BigUint64Array.from(this.#startLine, (_, i) => BigInt(i + 1)),
      name: this.#funcs.name.toArray(),
      systemName: this.#funcs.systemName.toArray(),
      file: this.#funcs.file.toArray(),
      startLine: Float64Array.from(this.#startLine),
    };
  }
}

/** What tells the labels of samples apart: keys with all their values, whatever the order of keys. */
function labelKey(profile: Profile, i: number): string {
  const { start } = profile.samples.labels;
  if (start[i] === start[i + 1]) return '';
  const texts = [...textLabels(profile, i)].sort(([a], [b]) => (a < b ? -1 : 1));
  const numbers = [...numberLabels(profile, i)].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([texts, numbers.map(([key, { values, units }]) => [key, values.map(String), units])]);
}

/** Mappings of one file are one, wherever they were loaded; sizes are rounded up to pages of 4 kB. */
function mappingKey({ start, limit, offset, buildId, file }: Mapping): string {
  const size = BigInt.asUintN(64, limit - start + 0xfffn);
  return `${size - (size % 0x1000n)} ${offset} ${buildId === '' ? file : buildId}`;
}
