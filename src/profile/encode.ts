import { gzip } from './gzip.js';
import type { Labels, Mapping, Profile, ValueColumn, ValueType } from './profile.js';
import { profileField } from './survey.js';
import { WireWriter } from './wire-writer.js';
import { lowWord, wordsOf } from './word64.js';

/** The bytes of a profile.proto, not zipped. Strings that nothing refers to are left out. */
export function encodeProfile(profile: Profile): Uint8Array {
  const to: Target = { writer: new WireWriter(), strings: new UsedStrings(profile) };
  for (const type of profile.sampleTypes) writeValueType(to, profileField.sampleType, type);
  writeSamples(to, profile);
  for (const mapping of profile.mappings) writeMapping(to, mapping);
  writeLocations(to, profile);
  writeFuncs(to, profile);
  const header = headerNumbers(to, profile);
  to.strings.write(to.writer);
  writeHeader(to, profile, header);
  return to.writer.toBytes();
}

/** The bytes of a profile.proto as they are kept in files. */
export function encodeProfileGzip(profile: Profile): Uint8Array {
  return gzip(encodeProfile(profile));
}

interface Target {
  readonly writer: WireWriter;
  readonly strings: UsedStrings;
}

/** Numbers strings anew in the order in which they are used. */
class UsedStrings {
  readonly #table: Profile['strings'];
  #numbers: Int32Array;
  readonly #used: number[] = [0];

  constructor({ strings }: Profile) {
    this.#table = strings;
    this.#numbers = new Int32Array(strings.count).fill(-1);
    this.#numbers[0] = 0;
  }

  /** The new number of a string, given by its number in the profile. */
  number(index: number): number {
    const known = this.#numbers[index]!;
    return known >= 0 ? known : (this.#numbers[index] = this.#used.push(index) - 1);
  }

  /** The new number of a text. */
  numberOf(text: string): number {
    const index = this.#table.getOrInsert(text);
    if (index >= this.#numbers.length) {
      const grown = new Int32Array(index + 64).fill(-1);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    return this.number(index);
  }

  write(writer: WireWriter): void {
    for (const index of this.#used) writer.bytesField(profileField.string, this.#table.bytes(index));
  }
}

function writeValueType({ writer, strings }: Target, field: number, { type, unit }: ValueType): void {
  const start = writer.begin(field);
  writer.numberField(1, strings.numberOf(type));
  writer.numberField(2, strings.numberOf(unit));
  writer.end(start);
}

function writeSamples(to: Target, { samples, locations }: Profile): void {
  const { writer } = to;
  const [ids, numbers] = [wordsOf(locations.id), wordsOf(samples.labels.number)];
  const columns = samples.values.map(valueWriter);
  for (let i = 0; i < samples.count; i++) {
    const message = writer.begin(profileField.sample);
    writeStack(writer, samples, { i, ids });
    if (columns.length > 0) {
      const values = writer.begin(2);
      for (const write of columns) write(writer, i);
      writer.end(values);
    }
    writeLabels(to, samples.labels, { i, numbers });
    writer.end(message);
  }
}

function writeStack(
  writer: WireWriter,
  { start, stack }: Profile['samples'],
  { i, ids }: { i: number; ids: Uint32Array },
): void {
  if (start[i] === start[i + 1]) return;
  const field = writer.begin(1);
  for (let at = start[i]!; at < start[i + 1]!; at++) {
    const location = stack[at]!;
    writer.words(ids[2 * location + lowWord]!, ids[2 * location + 1 - lowWord]!);
  }
  writer.end(field);
}

function valueWriter(column: ValueColumn): (writer: WireWriter, i: number) => void {
  if (column instanceof Float64Array) return (writer, i) => writer.number(column[i]!);
  const words = wordsOf(column);
  return (writer, i) => writer.words(words[2 * i + lowWord]!, words[2 * i + 1 - lowWord]!);
}

function writeLabels(
  { writer, strings }: Target,
  labels: Labels,
  { i, numbers }: { i: number; numbers: Uint32Array },
): void {
  for (let at = labels.start[i]!; at < labels.start[i + 1]!; at++) {
    const message = writer.begin(3);
    writer.numberField(1, strings.number(labels.key[at]!));
    writer.numberField(2, strings.number(labels.text[at]!));
    writer.wordsField(3, numbers, at);
    writer.numberField(4, strings.number(labels.unit[at]!));
    writer.end(message);
  }
}

function writeMapping({ writer, strings }: Target, mapping: Mapping): void {
  const start = writer.begin(profileField.mapping);
  writer.bigintField(1, mapping.id);
  writer.bigintField(2, mapping.start);
  writer.bigintField(3, mapping.limit);
  writer.bigintField(4, mapping.offset);
  writer.numberField(5, strings.numberOf(mapping.file));
  writer.numberField(6, strings.numberOf(mapping.buildId));
  writer.numberField(7, Number(mapping.hasFunctions));
  writer.numberField(8, Number(mapping.hasFilenames));
  writer.numberField(9, Number(mapping.hasLineNumbers));
  writer.numberField(10, Number(mapping.hasInlineFrames));
  writer.end(start);
}

function writeLocations({ writer }: Target, { locations, funcs, mappings }: Profile): void {
  const [ids, addresses, funcIds] = [wordsOf(locations.id), wordsOf(locations.address), wordsOf(funcs.id)];
  for (let i = 0; i < locations.count; i++) {
    const message = writer.begin(profileField.location);
    writer.wordsField(1, ids, i);
    writer.bigintField(2, mappings[locations.mapping[i]!]?.id ?? 0n);
    writer.wordsField(3, addresses, i);
    for (let line = locations.lineStart[i]!; line < locations.lineStart[i + 1]!; line++) {
      const start = writer.begin(4);
      writer.wordsField(1, funcIds, locations.lineFunc[line]!);
      writer.numberField(2, locations.lineNumber[line]!);
      writer.numberField(3, locations.lineColumn[line]!);
      writer.end(start);
    }
    writer.numberField(5, locations.isFolded[i]!);
    writer.end(message);
  }
}

function writeFuncs({ writer, strings }: Target, { funcs }: Profile): void {
  const ids = wordsOf(funcs.id);
  for (let i = 0; i < funcs.count; i++) {
    const message = writer.begin(profileField.func);
    writer.wordsField(1, ids, i);
    writer.numberField(2, strings.number(funcs.name[i]!));
    writer.numberField(3, strings.number(funcs.systemName[i]!));
    writer.numberField(4, strings.number(funcs.file[i]!));
    writer.numberField(5, funcs.startLine[i]!);
    writer.end(message);
  }
}

interface HeaderNumbers {
  readonly dropFrames: number;
  readonly keepFrames: number;
  readonly comments: readonly number[];
  readonly defaultSampleType: number;
  readonly docUrl: number;
}

/** Numbers the texts of the header; before the strings are written. */
function headerNumbers({ strings }: Target, profile: Profile): HeaderNumbers {
  strings.numberOf(profile.periodType.type);
  strings.numberOf(profile.periodType.unit);
  return {
    dropFrames: strings.numberOf(profile.dropFrames),
    keepFrames: strings.numberOf(profile.keepFrames),
    comments: profile.comments.map((comment) => strings.numberOf(comment)),
    defaultSampleType: strings.numberOf(profile.defaultSampleType),
    docUrl: strings.numberOf(profile.docUrl),
  };
}

function writeHeader(to: Target, profile: Profile, header: HeaderNumbers): void {
  const { writer } = to;
  writer.numberField(profileField.dropFrames, header.dropFrames);
  writer.numberField(profileField.keepFrames, header.keepFrames);
  writer.bigintField(profileField.timeNanos, profile.timeNanos);
  writer.bigintField(profileField.durationNanos, profile.durationNanos);
  const { type, unit } = profile.periodType;
  if (type !== '' || unit !== '') writeValueType(to, profileField.periodType, profile.periodType);
  writer.bigintField(profileField.period, profile.period);
  for (const comment of header.comments) {
    const start = writer.begin(profileField.comment);
    writer.number(comment);
    writer.end(start);
  }
  writer.numberField(profileField.defaultSampleType, header.defaultSampleType);
  writer.numberField(profileField.docUrl, header.docUrl);
}
