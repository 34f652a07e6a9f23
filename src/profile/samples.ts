import type { Frame } from './builder.js';
import type { Profile } from './profile.js';

/** One sample of a profile, spelled out; for callers that do not meet hundreds of thousands. */
export interface SampleView {
  /** Leaf first; inlined functions are frames of their own. */
  readonly stack: readonly Frame[];
  /** One per sample type; rounded where past 2^53 (see `valueAt` for the exact ones). */
  readonly values: readonly number[];
  /** Text labels; the last value where a key has several. */
  readonly labels: Readonly<Record<string, string>>;
  /** Numeric labels; the last value where a key has several. */
  readonly numericLabels: Readonly<Record<string, { readonly value: bigint; readonly unit: string }>>;
}

/** The samples of a profile one after the other, in file order. */
export function* samplesOf(profile: Profile): Generator<SampleView, void, undefined> {
  const { samples } = profile;
  for (let i = 0; i < samples.count; i++) {
    const values = samples.values.map((column) => Number(column[i]));
    yield { stack: stackOf(profile, i), values, ...labelsOf(profile, i) };
  }
}

/** The frames of sample i, leaf first; a location without a function gives none. */
function stackOf(profile: Profile, i: number): Frame[] {
  const { samples, locations } = profile;
  const frames: Frame[] = [];
  for (let at = samples.start[i]!; at < samples.start[i + 1]!; at++) {
    const location = samples.stack[at]!;
    for (let line = locations.lineStart[location]!; line < locations.lineStart[location + 1]!; line++)
      frames.push(frameOf(profile, line));
  }
  return frames;
}

function frameOf({ locations, funcs, strings }: Profile, line: number): Frame {
  const func = locations.lineFunc[line]!;
  return {
    name: strings.get(funcs.name[func]!),
    file: strings.get(funcs.file[func]!),
    startLine: funcs.startLine[func]!,
    line: locations.lineNumber[line]!,
  };
}

function labelsOf(
  { samples: { labels }, strings }: Profile,
  i: number,
): Omit<SampleView, 'stack' | 'values'> {
  const texts: Record<string, string> = {};
  const numbers: Record<string, { value: bigint; unit: string }> = {};
  for (let at = labels.start[i]!; at < labels.start[i + 1]!; at++) {
    const key = strings.get(labels.key[at]!);
    const text = labels.text[at]!;
    if (text !== 0) texts[key] = strings.get(text);
    else numbers[key] = { value: labels.number[at]!, unit: strings.get(labels.unit[at]!) };
  }
  return { labels: texts, numericLabels: numbers };
}
