import { ProfError } from '../error.js';
import { decodeSamples } from './decode-samples.js';
import { decodeTables, type Tables } from './decode-tables.js';
import type { Profile, ValueType } from './profile.js';
import type { StringTable } from './strings.js';
import { profileField, type Survey, surveyProfile } from './survey.js';
import { unpack } from './unpack.js';
import { WireReader, wireBytes, wireVarint } from './wire-reader.js';

/** Limits on what is read. */
export interface DecodeOptions {
  /** Largest size after unzipping, in bytes (default: 1 GiB). */
  readonly maxBytes?: number;
}

/**
 * The profile that a profile.proto file holds, gzipped (told by its first bytes) or not.
 *
 * @param name - where the bytes come from, for errors
 * @throws ProfError `bad-profile` for anything that is no sound profile, with the byte and the field
 */
export function decodeProfile(bytes: Uint8Array, name: string, options: DecodeOptions = {}): Profile {
  const plain = unpack(bytes, name, options.maxBytes);
  return decodeProto(plain, name);
}

/** The profile that an unzipped profile.proto holds. */
export function decodeProto(bytes: Uint8Array, name: string): Profile {
  if (bytes.length === 0) throw new ProfError('bad-profile', `${name}: empty file`);
  const survey = surveyProfile(bytes, name);
  const header = decodeHeader(bytes, name, survey);
  const tables = decodeTables(bytes, name, survey);
  const samples = decodeSamples(new WireReader(bytes, name), survey, tables.locationIds);
  return { ...header, ...withoutIds(tables), samples, strings: survey.strings };
}

function withoutIds({
  mappings,
  funcs,
  locations,
}: Tables): Pick<Profile, 'mappings' | 'funcs' | 'locations'> {
  return { mappings, funcs, locations };
}

type Header = Omit<Profile, 'samples' | 'mappings' | 'funcs' | 'locations' | 'strings'>;

function decodeHeader(bytes: Uint8Array, name: string, { strings, header }: Survey): Header {
  const reader = new WireReader(bytes, name);
  const end = bytes.length;
  const sampleTypes: ValueType[] = [];
  const comments: string[] = [];
  let defaultSampleType = '';
  let [docUrl, dropFrames, keepFrames] = ['', '', ''];
  let [timeNanos, durationNanos, period] = [0n, 0n, 0n];
  let periodType: ValueType = { type: '', unit: '' };
  const text = (what: string): string => strings.get(reader.index(end, strings.count, what));
  for (const at of header) {
    reader.pos = at;
    reader.tag(end);
    if (reader.field === profileField.sampleType) sampleTypes.push(valueType(reader, end, strings));
    else if (reader.field === profileField.dropFrames) dropFrames = text('drop_frames');
    else if (reader.field === profileField.keepFrames) keepFrames = text('keep_frames');
    else if (reader.field === profileField.timeNanos) {
      if (timeNanos !== 0n) throw reader.error('two profiles in one file (a second time_nanos)');
      timeNanos = reader.int64(end, 'time_nanos');
    } else if (reader.field === profileField.durationNanos)
      durationNanos = reader.int64(end, 'duration_nanos');
    else if (reader.field === profileField.periodType) periodType = valueType(reader, end, strings);
    else if (reader.field === profileField.period) period = reader.int64(end, 'period');
    else if (reader.field === profileField.comment) comments.push(...commentTexts(reader, end, strings));
    else if (reader.field === profileField.defaultSampleType) defaultSampleType = text('default_sample_type');
    else if (reader.field === profileField.docUrl) docUrl = text('doc_url');
    else reader.skip(end);
  }
  const times = { timeNanos, durationNanos, periodType, period };
  return { sampleTypes, defaultSampleType, comments, docUrl, dropFrames, keepFrames, ...times };
}

function valueType(reader: WireReader, end: number, strings: StringTable): ValueType {
  reader.expect(wireBytes, 'a value type');
  const stop = reader.bytesEnd(end);
  let [type, unit] = ['', ''];
  while (reader.pos < stop) {
    reader.tag(stop);
    if (reader.field === 1) type = strings.get(reader.index(stop, strings.count, 'type of a value'));
    else if (reader.field === 2) unit = strings.get(reader.index(stop, strings.count, 'unit of a value'));
    else reader.skip(stop);
  }
  return { type, unit };
}

/** Comments are numbers of strings, one per field or packed into one. */
function commentTexts(reader: WireReader, end: number, strings: StringTable): string[] {
  if (reader.wireType !== wireBytes) return [strings.get(reader.index(end, strings.count, 'comment'))];
  const stop = reader.bytesEnd(end);
  const texts: string[] = [];
  reader.wireType = wireVarint;
  while (reader.pos < stop) texts.push(strings.get(reader.index(stop, strings.count, 'comment')));
  return texts;
}
