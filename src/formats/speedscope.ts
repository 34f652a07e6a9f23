import type { ValueType } from '../profile/profile.js';
import type { Format } from './format.js';
import { isArray, isObject, type JsonObject, numberOr, numbersOf, textOf } from './json.js';
import type { Source } from './source.js';
import { eventedStacks, sampledStacks, type WeightedStack } from './speedscope-stacks.js';
import { StackCollector } from './stack-collector.js';

/**
 * speedscope's own JSON: frames, and profiles of stacks (`sampled`) or of frames that open and close
 * (`evented`). Each unit becomes a sample type; profiles of one unit are told apart by a label.
 *
 * @see https://www.speedscope.app/file-format-schema.json
 */
export const speedscope: Format = {
  name: 'speedscope',

  detects(source) {
    const value = source.json();
    if (!isObject(value)) return false;
    if (textOf(value['$schema']).includes('speedscope')) return true;
    return isObject(value['shared']) && isArray(value['shared']['frames']) && isArray(value['profiles']);
  },

  read(source) {
    const value = source.json();
    if (!isObject(value)) return source.fail('the file', 'is not an object');
    const profiles = readProfiles(source, value);
    const types = distinctTypes(profiles);
    const collector = new StackCollector(source, {
      sampleTypes: types,
      defaultSampleType: types[activeIndex(value, profiles, types)]?.type ?? '',
    });
    const frames = readFrames(source, { value, collector });
    for (const profile of profiles) addProfile(source, { profile, types, frames, collector });
    return collector.build();
  },
};

/** One profile of the file. */
interface OneProfile {
  readonly value: JsonObject;
  readonly type: ValueType;
  /** What a weight is multiplied by to be in the unit of the type. */
  readonly factor: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly place: string;
}

function readProfiles(source: Source, file: JsonObject): OneProfile[] {
  const profiles = file['profiles'];
  if (!isArray(profiles)) return source.fail('profiles', 'is not an array');
  const isOwn = textOf(file['exporter']).startsWith('prof-toolkit');
  const read = profiles.map((value, i) => {
    const place = `profiles[${i}]`;
    if (!isObject(value)) throw source.error(place, 'is not an object');
    return { value, place, ...unitOf(source, value, place) };
  });
  return read.map(({ value, place, type, factor }) => {
    if (isOwn) return { value, place, factor, ...ownName(textOf(value['name']), type.unit) };
    const isAlone = read.filter((other) => other.type.type === type.type).length === 1;
    const name = textOf(value['name']);
    return { value, place, type, factor, labels: isAlone || name === '' ? {} : { profile: name } };
  });
}

const times: ReadonlyMap<string, number> = new Map([
  ['nanoseconds', 1],
  ['microseconds', 1e3],
  ['milliseconds', 1e6],
  ['seconds', 1e9],
]);

function unitOf(source: Source, value: JsonObject, place: string): Pick<OneProfile, 'type' | 'factor'> {
  const unit = value['unit'] ?? 'none';
  if (unit === 'none') return { type: { type: 'samples', unit: 'count' }, factor: 1 };
  if (unit === 'bytes') return { type: { type: 'space', unit: 'bytes' }, factor: 1 };
  const factor = typeof unit === 'string' ? times.get(unit) : undefined;
  if (factor === undefined) return source.fail(`${place}.unit`, `${JSON.stringify(unit)} is not a unit`);
  return { type: { type: 'cpu', unit: 'nanoseconds' }, factor };
}

/** The writer puts the sample type and its thread into a profile's name: `cpu`, `cpu thread=worker-1`. */
function ownName(name: string, unit: string): Pick<OneProfile, 'type' | 'labels'> {
  const [, type = name, label, value = ''] = /^(.*?) (thread|profile)=(.*)$/s.exec(name) ?? [];
  return { type: { type, unit }, labels: label === undefined ? {} : { [label]: value } };
}

function distinctTypes(profiles: readonly OneProfile[]): ValueType[] {
  const types = new Map(profiles.map(({ type }) => [`${type.type} ${type.unit}`, type]));
  return [...types.values()];
}

function indexOfType(types: readonly ValueType[], { type, unit }: ValueType): number {
  return types.findIndex((other) => other.type === type && other.unit === unit);
}

/** The profile that speedscope shows first. */
function activeIndex(file: JsonObject, profiles: readonly OneProfile[], types: readonly ValueType[]): number {
  const active = profiles[numberOr(file['activeProfileIndex'], 0)] ?? profiles[0];
  return active === undefined ? 0 : indexOfType(types, active.type);
}

/** The frames as locations. speedscope has one line for each: where the function is, or where it was. */
function readFrames(
  source: Source,
  { value, collector }: { value: JsonObject; collector: StackCollector },
): number[] {
  const shared = isObject(value['shared']) ? value['shared'] : {};
  const frames = shared['frames'];
  if (!isArray(frames)) return source.fail('shared.frames', 'is not an array');
  return frames.map((frame, i) => {
    if (!isObject(frame)) return source.fail(`shared.frames[${i}]`, 'is not an object');
    const given = numberOr(frame['line'], 0);
    const line = Number.isSafeInteger(given) && given > 0 ? given : 0;
    const name = textOf(frame['name']) || '(anonymous)';
    return collector.locationOf({ name, file: textOf(frame['file']), startLine: line, line });
  });
}

interface Adding {
  readonly profile: OneProfile;
  readonly types: readonly ValueType[];
  readonly frames: readonly number[];
  readonly collector: StackCollector;
}

function addProfile(source: Source, { profile, types, frames, collector }: Adding): void {
  const { value, factor, labels, place } = profile;
  const column = indexOfType(types, profile.type);
  for (const { stack, weight, place: own } of stacksOf(source, value, place)) {
    const locations = stack.map(
      (frame) => frames[frame] ?? source.fail(own(), `${frame} is not the number of a frame`),
    );
    const values = types.map((_, i) => (i === column ? weight * factor : 0));
    collector.add(locations.reverse(), values, { labels, place: own });
  }
}

function stacksOf(source: Source, value: JsonObject, place: string): Iterable<WeightedStack> {
  if (value['type'] === 'evented') return eventedStacks(source, value, place);
  if (value['type'] !== 'sampled') return source.fail(`${place}.type`, 'is neither "sampled" nor "evented"');
  const weights =
    value['weights'] === undefined ? undefined : numbersOf(source, value['weights'], `${place}.weights`);
  return sampledStacks(source, { samples: value['samples'], weights, place });
}
