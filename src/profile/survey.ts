import { Uint32List } from './list.js';
import { StringTable } from './strings.js';
import { WireReader, wireBytes } from './wire-reader.js';

/** Field numbers of a Profile message. */
export const profileField = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  func: 5,
  string: 6,
  dropFrames: 7,
  keepFrames: 8,
  timeNanos: 9,
  durationNanos: 10,
  periodType: 11,
  period: 12,
  comment: 13,
  defaultSampleType: 14,
  docUrl: 15,
} as const;

/** How much of each there is in a profile, and where, found by skipping through it. */
export interface Survey {
  readonly counts: { readonly [field: number]: number };
  /** Where the first of each field begins; undefined where there is none. */
  readonly first: { readonly [field: number]: number };
  /** Bytes of all samples, tags not counted. */
  readonly sampleBytes: number;
  readonly strings: StringTable;
  /** Where the fields begin that are there once: names, times, the types of values. */
  readonly header: Uint32Array;
}

/**
 * Goes over the fields of a profile once without looking into them: what comes later can then
 * allocate what it needs, start where its fields are, and check a string's number where it reads it.
 */
export function surveyProfile(bytes: Uint8Array, name: string): Survey {
  const reader = new WireReader(bytes, name);
  const counts = new Array<number>(16).fill(0);
  const first: Record<number, number> = {};
  const [starts, ends, header] = [new Uint32List(), new Uint32List(), new Uint32List()];
  const end = bytes.length;
  let sampleBytes = 0;
  while (reader.pos < end) {
    const at = reader.pos;
    reader.tag(end);
    const { field } = reader;
    if (field > 0 && field < counts.length && counts[field]!++ === 0) first[field] = at;
    if (field <= profileField.sampleType || field > profileField.string) {
      if (field > 0 && field < counts.length) header.push(at);
      reader.skip(end);
      continue;
    }
    reader.expect(wireBytes, `field ${field} of the profile`);
    const start = (reader.pos = reader.bytesEnd(end)) - reader.size;
    if (field === profileField.sample) sampleBytes += reader.size;
    else if (field === profileField.string) {
      if (starts.length === 0 && reader.size > 0) throw reader.error('the first string is not empty');
      starts.push(start);
      ends.push(reader.pos);
    }
  }
  if (starts.length === 0) throw reader.error('no string table');
  const strings = new StringTable(bytes, starts.toArray(), ends.toArray());
  return { counts, first, sampleBytes, strings, header: header.toArray() };
}
