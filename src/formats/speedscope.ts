import { type Frame, ProfileBuilder } from '../profile/builder.js';
import type { ValueType } from '../profile/profile.js';
import type { Format } from './format.js';
import { badFile, isObject, type JsonObject, numberOf, numbersOf, objectsOf, textOf } from './json-shape.js';

/** speedscope's own JSON. @see https://www.speedscope.app/file-format-schema.json */
export const speedscope: Format = {
  name: 'speedscope',
  detects: ({ json }) =>
    isObject(json) && textOf(json, '$schema').includes('speedscope.app/file-format-schema'),
  decode: ({ json, name }) => {
    if (!isObject(json) || !isObject(json['shared'])) throw badFile(name, 'no frames ("shared")');
    const frames = objectsOf(json['shared'], 'frames').map(frameOf);
    const profiles = objectsOf(json, 'profiles');
    const unit = textOf(profiles[0] ?? {}, 'unit');
    const builder = new ProfileBuilder({ sampleTypes: [typeOf(unit)] });
    for (const profile of profiles) {
      const labels: Record<string, string> = profiles.length > 1 ? { profile: textOf(profile, 'name') } : {};
      for (const { stack, weight } of weightedStacks(profile, name)) {
        const own = stack.map((i) => frames[i] ?? missing(name, i));
        builder.addSample(own, [Math.round(weight * factorOf(textOf(profile, 'unit')))], labels);
      }
    }
    return builder.build();
  },
};

function frameOf(frame: JsonObject): Frame {
  const line = numberOf(frame, 'line');
  return { name: textOf(frame, 'name'), file: textOf(frame, 'file'), startLine: 0, line };
}

function missing(name: string, frame: number): never {
  throw badFile(name, `frame ${frame} is not there`);
}

/** Times become nanoseconds, so that nothing is lost by whole numbers. */
function typeOf(unit: string): ValueType {
  if (unit === 'bytes') return { type: 'space', unit: 'bytes' };
  return unit === 'none' || unit === ''
    ? { type: 'samples', unit: 'count' }
    : { type: 'cpu', unit: 'nanoseconds' };
}

function factorOf(unit: string): number {
  return { seconds: 1e9, milliseconds: 1e6, microseconds: 1e3 }[unit] ?? 1;
}

interface WeightedStack {
  /** Frames by index, leaf first. */
  readonly stack: readonly number[];
  readonly weight: number;
}

function weightedStacks(profile: JsonObject, name: string): WeightedStack[] {
  if (textOf(profile, 'type') === 'evented') return eventStacks(profile, name);
  const weights = numbersOf(profile, 'weights');
  const samples = Array.isArray(profile['samples']) ? profile['samples'] : [];
  return samples.map((sample: unknown, i) => ({
    stack: Array.isArray(sample) ? sample.filter((frame) => typeof frame === 'number').reverse() : [],
    weight: weights[i] ?? 1,
  }));
}

/** Frames open and close; between two events the open ones are the stack. */
function eventStacks(profile: JsonObject, name: string): WeightedStack[] {
  const open: number[] = [];
  const stacks: WeightedStack[] = [];
  let last = numberOf(profile, 'startValue');
  for (const event of objectsOf(profile, 'events')) {
    const at = numberOf(event, 'at');
    if (at > last && open.length > 0) stacks.push({ stack: [...open].reverse(), weight: at - last });
    last = at;
    const frame = numberOf(event, 'frame');
    if (textOf(event, 'type') === 'O') open.push(frame);
    else if (open.pop() !== frame) throw badFile(name, `frame ${frame} closes out of turn at ${at}`);
  }
  return stacks;
}
