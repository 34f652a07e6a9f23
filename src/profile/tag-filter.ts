import { scale } from '../unit/scale.js';
import { filterSamples } from './edit-samples.js';
import { numberLabels, textLabels } from './labels.js';
import type { Matcher } from './match.js';
import type { Profile } from './profile.js';

/** Whether the labels of sample i are meant. */
export type TagFilter = (profile: Profile, i: number) => boolean;

/** A value of a numeric label is in range; it comes with its unit. */
type RangeTest = (value: bigint, unit: string) => boolean;

/** What a tag filter needs besides its text. */
export interface TagFilterOptions {
  /** Makes a matcher from a regular expression. */
  readonly compile: (pattern: string) => Matcher;
  /** Of numeric labels, by key. */
  readonly units: ReadonlyMap<string, string>;
  /** Called where the text is read as a range. */
  readonly onRange?: (text: string) => void;
}

/**
 * The filter that `[KEY=]WHAT` asks for. WHAT is a range of a numeric label (`4kb`, `:4kb`, `4kb:`,
 * `1kb:4kb`), or regular expressions separated by commas: without a key each must match some
 * `key:value`, with a key one must match a value of it.
 */
export function parseTagFilter(text: string, { compile, units, onRange }: TagFilterOptions): TagFilter {
  const at = text.indexOf('=');
  const key = at < 0 ? '' : text.slice(0, at);
  const what = at < 0 ? text : text.slice(at + 1);
  const range = parseRange(what);
  if (range !== undefined) {
    onRange?.(what);
    return rangeFilter(range, { key, units });
  }
  const matchers = what.split(',').map(compile);
  return key === '' ? anyLabelFilter(matchers) : labelFilter(key, matchers);
}

/** The profile without samples that are not in focus or are to be ignored. */
export function filterByTag(
  profile: Profile,
  focus: TagFilter | undefined,
  ignore: TagFilter | undefined,
): { profile: Profile; matches: { readonly focus: boolean; readonly ignore: boolean } } {
  if (!focus && !ignore) return { profile, matches: { focus: true, ignore: true } };
  let [anyFocused, anyIgnored] = [!focus, !ignore];
  const samples = filterSamples(profile.samples, (i) => {
    const focused = focus?.(profile, i) ?? true;
    const ignored = ignore?.(profile, i) ?? false;
    anyFocused ||= focused;
    anyIgnored ||= ignored;
    return focused && !ignored;
  });
  return { profile: { ...profile, samples }, matches: { focus: anyFocused, ignore: anyIgnored } };
}

function anyLabelFilter(matchers: readonly Matcher[]): TagFilter {
  return (profile, i) => {
    const pairs = [...textLabels(profile, i)].flatMap(([key, values]) =>
      values.map((value) => `${key}:${value}`),
    );
    return matchers.every((matches) => pairs.some(matches));
  };
}

function labelFilter(key: string, matchers: readonly Matcher[]): TagFilter {
  return (profile, i) => {
    const values = textLabels(profile, i).get(key) ?? [];
    return matchers.some((matches) => values.some(matches));
  };
}

function rangeFilter(
  inRange: RangeTest,
  { key, units }: { key: string; units: ReadonlyMap<string, string> },
): TagFilter {
  return (profile, i) => {
    for (const [name, { values }] of numberLabels(profile, i)) {
      if (key !== '' && key !== name) continue;
      const unit = units.get(name) ?? '';
      if (values.some((value) => inRange(value, unit))) return true;
    }
    return false;
  };
}

const bound = /([+-]?[0-9]+)([A-Za-z]+)?/g;

/** The test of a range, or undefined where the text is none. */
function parseRange(text: string): RangeTest | undefined {
  const [first, second] = [...text.matchAll(bound)];
  if (first === undefined) return undefined;
  const low = scaleBound(first, first[2] ?? '');
  if (second === undefined) {
    if (text === first[0]) return test(low.unit, (value) => value === low.value);
    if (text === `${first[0]}:`) return test(low.unit, (value) => value >= low.value);
    return text === `:${first[0]}` ? test(low.unit, (value) => value <= low.value) : undefined;
  }
  const high = scaleBound(second, low.unit);
  if (text !== `${first[0]}:${second[0]}` || high.unit !== low.unit) return undefined;
  return test(low.unit, (value) => value >= low.value && value <= high.value);
}

function scaleBound(
  [, number = '', unit = '']: RegExpExecArray,
  to: string,
): { value: number; unit: string } {
  return scale(Number(number), unit, to);
}

function test(unit: string, holds: (value: number) => boolean): RangeTest {
  return (value, from) => {
    const scaled = scale(Number(value), from, unit);
    return scaled.unit === unit && holds(scaled.value);
  };
}
