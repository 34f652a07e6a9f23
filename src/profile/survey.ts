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

/** How much of each there is in a profile, found by skipping through it. */
export interface Survey {
  readonly counts: { readonly [field: number]: number };
  /** Bytes of all samples, tags not counted. */
  readonly sampleBytes: number;
  readonly strings: StringTable;
}

/**
 * Goes over the fields of a profile once without looking into them: what comes later can then
 * allocate what it needs, and check a string's number where it reads it.
 */
export function surveyProfile(bytes: Uint8Array, name: string): Survey {
  const reader = new WireReader(bytes, name);
  const counts = new Array<number>(16).fill(0);
  const end = bytes.length;
  let sampleBytes = 0;
  while (reader.pos < end) {
    reader.tag(end);
    const { field } = reader;
    if (field > 0 && field < counts.length) counts[field]!++;
    if (field < profileField.sampleType || field > profileField.string) reader.skip(end);
    else {
      reader.expect(wireBytes, `field ${field} of the profile`);
      const start = reader.pos;
      reader.pos = reader.bytesEnd(end);
      if (field === profileField.sample) sampleBytes += reader.pos - start;
    }
  }
  return { counts, sampleBytes, strings: findStrings(bytes, name, counts[profileField.string]!) };
}

function findStrings(bytes: Uint8Array, name: string, count: number): StringTable {
  const reader = new WireReader(bytes, name);
  const [starts, ends] = [new Uint32Array(count), new Uint32Array(count)];
  const end = bytes.length;
  if (count === 0) throw reader.error('no string table');
  for (let i = 0; i < count; ) {
    reader.tag(end);
    if (reader.field !== profileField.string) {
      reader.skip(end);
      continue;
    }
    ends[i] = reader.bytesEnd(end);
    starts[i] = reader.pos;
    reader.pos = ends[i]!;
    if (i++ === 0 && starts[0] !== ends[0]) throw reader.error('the first string is not empty');
  }
  return new StringTable(bytes, starts, ends);
}
