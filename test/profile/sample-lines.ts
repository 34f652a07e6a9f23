import { textLabels } from '../../src/profile/labels.js';
import type { Profile } from '../../src/profile/profile.js';

/** A sample as tests look at it. */
export interface SampleLine {
  /** Root first: `name@file:line/start`. */
  readonly stack: readonly string[];
  readonly values: readonly number[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The samples of a profile whose locations have one line each. */
export function sampleLines(profile: Profile): SampleLine[] {
  const { samples } = profile;
  return Array.from({ length: samples.count }, (_, i) => {
    const stack = [...samples.stack.subarray(samples.start[i], samples.start[i + 1])];
    const labels = [...textLabels(profile, i)].map(([key, texts]) => [key, texts.join()] as const);
    return {
      stack: stack.map((location) => frameText(profile, location)).reverse(),
      values: samples.values.map((column) => Number(column[i])),
      labels: Object.fromEntries(labels),
    };
  });
}

function frameText({ locations, funcs, strings }: Profile, location: number): string {
  const line = locations.lineStart[location] ?? 0;
  const fn = locations.lineFunc[line] ?? 0;
  const [name, file] = [strings.get(funcs.name[fn] ?? 0), strings.get(funcs.file[fn] ?? 0)];
  return `${name}@${file}:${locations.lineNumber[line]}/${funcs.startLine[fn]}`;
}
