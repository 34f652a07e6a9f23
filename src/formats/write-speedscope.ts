import type { Frame } from '../profile/builder.js';
import { textLabels } from '../profile/labels.js';
import type { Profile } from '../profile/profile.js';
import { bytesPer, nanosPer } from './units.js';
import { WrittenStacks } from './written-stacks.js';

const schema = 'https://www.speedscope.app/file-format-schema.json';

/** Labels that make profiles of their own, the first that has several values. */
const splittingLabels = ['thread', 'profile'] as const;

/**
 * A profile as speedscope's JSON: one `sampled` profile for each sample type and thread. Negative
 * values, other labels and lines of calls are lost.
 *
 * @param sampleType - the only one to write; undefined for all
 * @see https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources
 */
export function writeSpeedscope(profile: Profile, sampleType: number | undefined): string {
  const frames = new FrameTable();
  const stacks = stacksOf(profile, frames);
  const groups = groupsOf(profile);
  const types = sampleType === undefined ? [...profile.sampleTypes.keys()] : [sampleType];
  const all = types.flatMap((type) =>
    [...groups].map(([group, samples]) => sampledProfile(profile, { type, group, samples, stacks })),
  );
  const profiles = all.filter(({ samples }, i) => samples.length > 0 || (i === 0 && all.length === 1));
  const file = { $schema: schema, exporter: 'prof-toolkit', name: nameOf(profile) };
  const shown = profile.sampleTypes[defaultType(profile)]?.type ?? '';
  const active = profiles.findIndex(({ name }) => name === shown || name.startsWith(`${shown} `));
  const activeProfileIndex = Math.max(0, active);
  return `${JSON.stringify({ ...file, activeProfileIndex, shared: { frames: frames.frames }, profiles })}\n`;
}

/** The stacks of all samples as numbers of frames, root first. */
function stacksOf(profile: Profile, frames: FrameTable): number[][] {
  const stacks = new WrittenStacks(profile);
  return Array.from({ length: profile.samples.count }, (_, i) =>
    stacks.of(i).map((frame) => frames.indexOf(frame)),
  );
}

/** Samples by index, under what the name of their profile ends with. */
function groupsOf(profile: Profile): Map<string, number[]> {
  const all = Array.from({ length: profile.samples.count }, (_, i) => i);
  for (const label of splittingLabels) {
    const groups = new Map<string, number[]>();
    for (const i of all) {
      const value = textLabels(profile, i).get(label)?.at(-1);
      const key = value === undefined ? '' : ` ${label}=${value}`;
      const group = groups.get(key) ?? [];
      group.push(i);
      groups.set(key, group);
    }
    if (groups.size > 1) return groups;
  }
  return new Map([['', all]]);
}

interface OutProfile {
  readonly type: 'sampled';
  readonly name: string;
  readonly unit: string;
  readonly startValue: number;
  readonly endValue: number;
  /** Frames by number, root first. */
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

interface Sampled {
  readonly type: number;
  readonly group: string;
  readonly samples: readonly number[];
  readonly stacks: readonly (readonly number[])[];
}

function sampledProfile(profile: Profile, { type, group, samples, stacks }: Sampled): OutProfile {
  const { type: name = '', unit = '' } = profile.sampleTypes[type] ?? {};
  const { factor, unit: written } = unitOf(unit);
  const column = profile.samples.values[type];
  const weighted = samples.filter((i) => Number(column?.[i] ?? 0) > 0);
  const weights = weighted.map((i) => Number(column?.[i] ?? 0) * factor);
  return {
    type: 'sampled',
    name: `${name}${group}`,
    unit: written,
    startValue: 0,
    endValue: weights.reduce((sum, weight) => sum + weight, 0),
    samples: weighted.map((i) => stacks[i] ?? []),
    weights,
  };
}

/** speedscope's word for a unit, and what values are multiplied by to be in it. */
function unitOf(unit: string): { factor: number; unit: 'nanoseconds' | 'bytes' | 'none' } {
  const nanos = nanosPer(unit);
  if (nanos !== undefined) return { factor: nanos, unit: 'nanoseconds' };
  const bytes = bytesPer(unit);
  return bytes === undefined ? { factor: 1, unit: 'none' } : { factor: bytes, unit: 'bytes' };
}

function defaultType({ sampleTypes, defaultSampleType }: Profile): number {
  const named = sampleTypes.findIndex(({ type }) => type === defaultSampleType);
  return named >= 0 ? named : sampleTypes.length - 1;
}

function nameOf({ mappings }: Profile): string {
  const base = mappings[0]?.file.replace(/^.*\//, '') ?? '';
  return base === '' ? 'profile' : base;
}

/** Functions, each once: speedscope tells entries apart by name, file and line. */
class FrameTable {
  readonly frames: { name: string; file?: string; line?: number }[] = [];
  readonly #indices = new Map<string, number>();

  indexOf({ name, file, startLine }: Frame): number {
    const key = `${startLine} ${name}\0${file}`;
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.frames.length);
    const place = { ...(file === '' ? {} : { file }), ...(startLine > 0 ? { line: startLine } : {}) };
    return this.frames.push({ name, ...place }) - 1;
  }
}
