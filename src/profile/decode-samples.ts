import type { IdIndex } from './id-index.js';
import { Uint32List } from './list.js';
import type { Labels, Samples } from './profile.js';
import { profileField, type Survey } from './survey.js';
import { ValueColumnBuilder } from './value-columns.js';
import { type WireReader, wireBytes, wireVarint } from './wire-reader.js';
import { lowWord, unsignedBigInt, wordsOf } from './word64.js';

/**
 * The samples of a profile. This is the loop that reading a large file is made of: it makes no
 * object per sample, and no call per number while numbers are short.
 *
 * @param locationIds - finds a location by its id
 */
export function decodeSamples(reader: WireReader, survey: Survey, locationIds: IdIndex): Samples {
  return new SampleDecoder(reader, survey, locationIds).decode();
}

class SampleDecoder {
  readonly #reader: WireReader;
  readonly #locationIds: IdIndex;
  readonly #count: number;
  readonly #first: number;
  readonly #start: Uint32Array;
  readonly #stack: Uint32List;
  readonly #values: ValueColumnBuilder[];
  readonly #labels: LabelDecoder;
  /** Values of the current sample so far. */
  #valueCount = 0;

  constructor(reader: WireReader, survey: Survey, locationIds: IdIndex) {
    this.#reader = reader;
    this.#locationIds = locationIds;
    this.#count = survey.counts[profileField.sample]!;
    this.#first = survey.first[profileField.sample] ?? 0;
    this.#start = new Uint32Array(this.#count + 1);
    // Ids take two bytes or more in a profile that is large enough for the guess to matter.
    this.#stack = new Uint32List(survey.sampleBytes >>> 1);
    const types = survey.counts[profileField.sampleType]!;
    this.#values = Array.from({ length: types }, () => new ValueColumnBuilder(this.#count));
    this.#labels = new LabelDecoder(this.#count, survey);
  }

  decode(): Samples {
    const reader = this.#reader;
    const end = reader.bytes.length;
    reader.pos = this.#first;
    for (let i = 0; i < this.#count; ) {
      reader.tag(end);
      if (reader.field !== profileField.sample) reader.skip(end);
      else this.#sample(i++, reader.bytesEnd(end));
    }
    const values = this.#values.map((column) => column.build(this.#count));
    const stack = this.#stack.toArray();
    return { count: this.#count, start: this.#start, stack, values, labels: this.#labels.build() };
  }

  #sample(i: number, end: number): void {
    const reader = this.#reader;
    this.#valueCount = 0;
    while (reader.pos < end) {
      reader.tag(end);
      if (reader.field === 1) this.#stackField(end);
      else if (reader.field === 2) this.#valueField(i, end);
      else if (reader.field === 3) this.#labels.decode(reader, end);
      else reader.skip(end);
    }
    const types = this.#values.length;
    if (this.#valueCount !== types)
      throw reader.error(`sample ${i} has ${this.#valueCount} values for ${types} sample types`);
    this.#start[i + 1] = this.#stack.length;
    this.#labels.endSample(i);
  }

  #stackField(end: number): void {
    const reader = this.#reader;
    if (reader.wireType !== wireBytes) {
      reader.expect(wireVarint, 'location of a sample');
      reader.varint(end);
      this.#stack.push(this.#locationOf(reader.low, reader.high));
    } else this.#packedStack(reader.bytesEnd(end));
  }

  #packedStack(end: number): void {
    const reader = this.#reader;
    const { bytes } = reader;
    const { dense } = this.#locationIds;
    let { pos } = reader;
    this.#stack.reserve(end - pos);
    const { data } = this.#stack;
    let { length } = this.#stack;
    while (pos < end) {
      const start = pos;
      let id = bytes[pos++]!;
      // Ids of one, two and three bytes are read here, longer ones by the reader.
      if (id >= 0x80 && pos < end) {
        let byte = bytes[pos++]!;
        id = (id & 0x7f) | ((byte & 0x7f) << 7);
        if (byte >= 0x80 && pos < end) {
          byte = bytes[pos++]!;
          id |= (byte & 0x7f) << 14;
        }
        if (byte >= 0x80) id = -1;
      } else if (id >= 0x80) id = -1;
      let index = id >= 0 && id < dense.length ? dense[id]! : -1;
      if (index === -1) {
        reader.pos = start;
        reader.varint(end);
        index = this.#locationOf(reader.low, reader.high);
        pos = reader.pos;
      }
      data[length++] = index;
    }
    this.#stack.length = length;
    reader.pos = end;
  }

  #locationOf(low: number, high: number): number {
    const index = this.#locationIds.get(low, high);
    if (index === -1)
      throw this.#reader.error(`a sample with the unknown location ${unsignedBigInt(low, high)}`);
    return index;
  }

  #valueField(i: number, end: number): void {
    const reader = this.#reader;
    if (reader.wireType !== wireBytes) {
      reader.expect(wireVarint, 'value of a sample');
      this.#value(i, end);
      return;
    }
    const stop = reader.bytesEnd(end);
    while (reader.pos < stop) this.#value(i, stop);
  }

  #value(i: number, end: number): void {
    const reader = this.#reader;
    reader.varint(end);
    const column = this.#values[this.#valueCount++];
    if (column === undefined)
      throw reader.error(`sample ${i} has more values than the ${this.#values.length} sample types`);
    if (reader.high === 0) column.set(i, reader.low);
    else column.setWords(i, reader.low, reader.high);
  }
}

class LabelDecoder {
  readonly #survey: Survey;
  readonly #start: Uint32Array;
  readonly #key = new Uint32List();
  readonly #text = new Uint32List();
  readonly #unit = new Uint32List();
  /** Pairs of words. */
  readonly #number = new Uint32List();

  constructor(samples: number, survey: Survey) {
    this.#survey = survey;
    this.#start = new Uint32Array(samples + 1);
  }

  decode(reader: WireReader, end: number): void {
    reader.expect(wireBytes, 'a label');
    const count = this.#survey.strings.count;
    const stop = reader.bytesEnd(end);
    let [key, text, unit, low, high] = [0, 0, 0, 0, 0];
    while (reader.pos < stop) {
      reader.tag(stop);
      if (reader.field === 1) key = reader.index(stop, count, 'key of a label');
      else if (reader.field === 2) text = reader.index(stop, count, 'text of a label');
      else if (reader.field === 3) {
        reader.expect(wireVarint, 'number of a label');
        reader.varint(stop);
        ({ low, high } = reader);
      } else if (reader.field === 4) unit = reader.index(stop, count, 'unit of a label');
      else reader.skip(stop);
    }
    // A label without any value says nothing; pprof passes over it as well.
    if (text === 0 && unit === 0 && low === 0 && high === 0) return;
    this.#key.push(key);
    this.#text.push(text);
    this.#unit.push(unit);
    this.#number.push(lowWord === 0 ? low : high);
    this.#number.push(lowWord === 0 ? high : low);
  }

  endSample(i: number): void {
    this.#start[i + 1] = this.#key.length;
  }

  build(): Labels {
    const number = new BigInt64Array(this.#key.length);
    wordsOf(number).set(this.#number.toArray());
    const [key, text, unit] = [this.#key.toArray(), this.#text.toArray(), this.#unit.toArray()];
    return { start: this.#start, key, text, number, unit };
  }
}
