import { IdIndex } from './id-index.js';
import { Uint32List } from './list.js';
import type { Funcs, Locations, Mapping } from './profile.js';
import { profileField, type Survey } from './survey.js';
import { badProfile, WireReader, wireBytes, wireVarint } from './wire-reader.js';
import { lowWord, unsignedBigInt, wordsOf } from './word64.js';

/** The tables that samples refer to. */
export interface Tables {
  readonly mappings: readonly Mapping[];
  readonly funcs: Funcs;
  readonly locations: Locations;
  readonly locationIds: IdIndex;
}

/** Mappings, functions and locations of a profile, their references to one another checked. */
export function decodeTables(bytes: Uint8Array, name: string, survey: Survey): Tables {
  const at = { reader: new WireReader(bytes, name), survey };
  const { mappings, ids: mappingIds } = decodeMappings(at);
  const { funcs, ids: funcIds } = decodeFuncs({ ...at, reader: new WireReader(bytes, name) });
  const reader = new WireReader(bytes, name);
  const { locations, ids } = decodeLocations({ survey, reader }, mappingIds, funcIds);
  return { mappings, funcs, locations, locationIds: ids };
}

interface Source {
  readonly reader: WireReader;
  readonly survey: Survey;
}

/** Calls `decode` at the start of each message in that field of the profile, with its end and its index. */
function forEachMessage(
  { reader, survey }: Source,
  field: number,
  decode: (end: number, i: number) => void,
): void {
  const end = reader.bytes.length;
  const count = survey.counts[field] ?? 0;
  reader.pos = survey.first[field] ?? 0;
  for (let i = 0; i < count; ) {
    reader.tag(end);
    if (reader.field !== field) {
      reader.skip(end);
      continue;
    }
    const stop = reader.bytesEnd(end);
    decode(stop, i++);
    reader.pos = stop;
  }
}

type MutableMapping = { -readonly [K in keyof Mapping]: Mapping[K] };

function decodeMappings(source: Source): { mappings: Mapping[]; ids: IdIndex } {
  const { reader, survey } = source;
  const mappings: Mapping[] = [];
  const ids = new IdIndex(survey.counts[profileField.mapping] ?? 0);
  forEachMessage(source, profileField.mapping, (end, i) => {
    const mapping = emptyMapping();
    while (reader.pos < end) decodeMappingField(source, end, mapping);
    const low = Number(mapping.id & 0xffff_ffffn);
    addId(source, ids, { what: 'mapping', low, high: Number(mapping.id >> 32n), index: i });
    mappings.push(mapping);
  });
  return { mappings, ids };
}

function emptyMapping(): MutableMapping {
  const has = { hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false };
  return { id: 0n, start: 0n, limit: 0n, offset: 0n, file: '', buildId: '', ...has };
}

function decodeMappingField({ reader, survey: { strings } }: Source, end: number, m: MutableMapping): void {
  reader.tag(end);
  if (reader.field === 1) m.id = reader.uint64(end, 'id of a mapping');
  else if (reader.field === 2) m.start = reader.uint64(end, 'start of a mapping');
  else if (reader.field === 3) m.limit = reader.uint64(end, 'limit of a mapping');
  else if (reader.field === 4) m.offset = reader.uint64(end, 'offset of a mapping');
  else if (reader.field === 5) m.file = strings.get(reader.index(end, strings.count, 'file of a mapping'));
  else if (reader.field === 6) m.buildId = strings.get(reader.index(end, strings.count, 'build id'));
  else if (reader.field === 7) m.hasFunctions = reader.bool(end, 'has_functions');
  else if (reader.field === 8) m.hasFilenames = reader.bool(end, 'has_filenames');
  else if (reader.field === 9) m.hasLineNumbers = reader.bool(end, 'has_line_numbers');
  else if (reader.field === 10) m.hasInlineFrames = reader.bool(end, 'has_inline_frames');
  else reader.skip(end);
}

function decodeFuncs(source: Source): { funcs: Funcs; ids: IdIndex } {
  const { reader, survey } = source;
  const { strings } = survey;
  const count = survey.counts[profileField.func] ?? 0;
  const ids = new IdIndex(count);
  const id = new BigUint64Array(count);
  const words = wordsOf(id);
  const [name, systemName, file] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  const startLine = new Float64Array(count);
  forEachMessage(source, profileField.func, (end, i) => {
    while (reader.pos < end) {
      reader.tag(end);
      if (reader.field === 1) readWords(reader, end, words, i);
      else if (reader.field === 2) name[i] = reader.index(end, strings.count, 'name of a function');
      else if (reader.field === 3) systemName[i] = reader.index(end, strings.count, 'system name');
      else if (reader.field === 4) file[i] = reader.index(end, strings.count, 'file of a function');
      else if (reader.field === 5) startLine[i] = reader.safeInteger(end, 'start line');
      else reader.skip(end);
    }
    addWords(source, ids, { what: 'function', words, index: i });
  });
  return { funcs: { count, id, name, systemName, file, startLine }, ids };
}

function decodeLocations(
  source: Source,
  mappingIds: IdIndex,
  funcIds: IdIndex,
): { locations: Locations; ids: IdIndex } {
  const { reader, survey } = source;
  const count = survey.counts[profileField.location] ?? 0;
  const ids = new IdIndex(count);
  const [id, address] = [new BigUint64Array(count), new BigUint64Array(count)];
  const [idWords, addressWords] = [wordsOf(id), wordsOf(address)];
  const mapping = new Int32Array(count).fill(-1);
  const isFolded = new Uint8Array(count);
  const lineStart = new Uint32Array(count + 1);
  const lines = new LineColumns(count);
  forEachMessage(source, profileField.location, (end, i) => {
    while (reader.pos < end) {
      reader.tag(end);
      if (reader.field === 1) readWords(reader, end, idWords, i);
      else if (reader.field === 2) {
        reader.expect(wireVarint, 'mapping of a location');
        reader.varint(end);
        mapping[i] = mappingIds.get(reader.low, reader.high);
      } else if (reader.field === 3) readWords(reader, end, addressWords, i);
      else if (reader.field === 4) lines.decode(reader, end, funcIds);
      else if (reader.field === 5) isFolded[i] = reader.bool(end, 'is_folded') ? 1 : 0;
      else reader.skip(end);
    }
    lineStart[i + 1] = lines.count;
    addWords(source, ids, { what: 'location', words: idWords, index: i });
  });
  return { locations: { count, id, address, mapping, isFolded, lineStart, ...lines.toColumns() }, ids };
}

/** The lines of all locations, growing. */
class LineColumns {
  readonly #funcs: Uint32List;
  readonly #numbers: number[] = [];
  readonly #columns: number[] = [];

  constructor(capacity: number) {
    this.#funcs = new Uint32List(capacity);
  }

  get count(): number {
    return this.#funcs.length;
  }

  decode(reader: WireReader, end: number, funcIds: IdIndex): void {
    reader.expect(wireBytes, 'a line');
    const stop = reader.bytesEnd(end);
    let [func, number, column] = [-1, 0, 0];
    let [low, high] = [0, 0];
    while (reader.pos < stop) {
      reader.tag(stop);
      if (reader.field === 1) {
        reader.expect(wireVarint, 'function of a line');
        reader.varint(stop);
        ({ low, high } = reader);
        func = funcIds.get(low, high);
      } else if (reader.field === 2) number = reader.safeInteger(stop, 'line number');
      else if (reader.field === 3) column = reader.safeInteger(stop, 'column');
      else reader.skip(stop);
    }
    if (func === -1)
      throw reader.error(`a line of a location with the unknown function ${unsignedBigInt(low, high)}`);
    this.#funcs.push(func);
    this.#numbers.push(number);
    this.#columns.push(column);
  }

  toColumns(): Pick<Locations, 'lineFunc' | 'lineNumber' | 'lineColumn'> {
    return {
      lineFunc: this.#funcs.toArray(),
      lineNumber: Float64Array.from(this.#numbers),
      lineColumn: Float64Array.from(this.#columns),
    };
  }
}

function readWords(reader: WireReader, end: number, words: Uint32Array, i: number): void {
  reader.expect(wireVarint, 'a number');
  reader.varint(end);
  words[2 * i + lowWord] = reader.low;
  words[2 * i + 1 - lowWord] = reader.high;
}

function addWords(
  source: Source,
  ids: IdIndex,
  entry: { what: string; words: Uint32Array; index: number },
): void {
  const { what, words, index } = entry;
  addId(source, ids, {
    what,
    low: words[2 * index + lowWord]!,
    high: words[2 * index + 1 - lowWord]!,
    index,
  });
}

interface NewId {
  readonly what: string;
  readonly low: number;
  readonly high: number;
  readonly index: number;
}

function addId({ reader }: Source, ids: IdIndex, { what, low, high, index }: NewId): void {
  if (low === 0 && high === 0) throw reader.error(`a ${what} with the id 0`);
  if (!ids.add(low, high, index))
    throw badProfile(reader.name, `two ${what}s with the id ${unsignedBigInt(low, high)}`);
}
