import type { Profile } from './profile.js';

/** The values of one numeric label of a sample. */
export interface NumberLabel {
  readonly values: readonly bigint[];
  /** As long as `values`, or empty where no value has a unit. */
  readonly units: readonly string[];
}

/** The text labels of sample i: values by key, both in file order. */
export function textLabels({ samples: { labels }, strings }: Profile, i: number): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (let at = labels.start[i]!; at < labels.start[i + 1]!; at++) {
    const text = labels.text[at]!;
    if (text === 0) continue;
    const key = strings.get(labels.key[at]!);
    const values = found.get(key);
    if (values === undefined) found.set(key, [strings.get(text)]);
    else values.push(strings.get(text));
  }
  return found;
}

/** The numeric labels of sample i by key. */
export function numberLabels({ samples: { labels }, strings }: Profile, i: number): Map<string, NumberLabel> {
  const found = new Map<string, { values: bigint[]; units: string[]; anyUnit: boolean }>();
  for (let at = labels.start[i]!; at < labels.start[i + 1]!; at++) {
    if (labels.text[at] !== 0) continue;
    const key = strings.get(labels.key[at]!);
    const label = found.get(key) ?? { values: [], units: [], anyUnit: false };
    label.values.push(labels.number[at]!);
    label.units.push(strings.get(labels.unit[at]!));
    label.anyUnit ||= labels.unit[at] !== 0;
    found.set(key, label);
  }
  return new Map(
    [...found].map(([key, { values, units, anyUnit }]) => [key, { values, units: anyUnit ? units : [] }]),
  );
}
