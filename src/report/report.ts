import { ProfError } from '../error.js';
import { abs64, toInt64 } from '../graph/accumulator.js';
import type { SampleValues } from '../graph/sums.js';
import { aggregate } from '../profile/aggregate.js';
import { numberLabelUnits } from '../profile/number-labels.js';
import type { Profile, ValueType } from '../profile/profile.js';
import { sampleIndex } from '../profile/sample-index.js';
import { scaledLabel } from '../unit/scale.js';
import { optionsFor, type ReportKind, type ReportOptions, type Warn } from './options.js';
import { totalOf } from './total.js';

/** A profile made ready for a report, and what percentages are taken of. */
export interface Report {
  readonly kind: ReportKind;
  /** With the report's own changes. */
  readonly options: ReportOptions;
  /** Filtered, and aggregated to the granularity. */
  readonly profile: Profile;
  readonly sampleType: ValueType;
  readonly values: SampleValues;
  readonly total: bigint;
  /** Units of numeric labels by key. */
  readonly labelUnits: ReadonlyMap<string, string>;
}

/**
 * Makes a profile ready for a report: labels become frames, the total is taken, filters applied
 * (before the total, for relative percentages), and frames aggregated.
 *
 * @param warn - takes remarks: filters that meet nothing, labels of several units
 * @throws ProfError `usage` for options that do not fit the profile
 */
export async function prepareReport(
  profile: Profile,
  { kind, options: given, warn }: { kind: ReportKind; options: ReportOptions; warn: Warn },
): Promise<Report> {
  const options = optionsFor(kind, given);
  const { units, ignored } = numberLabelUnits(profile);
  for (const [key, others] of ignored)
    warn(`For tag ${key} used unit ${units.get(key)}, also encountered unit(s) ${others.join(', ')}`);
  const framed = await withLabelFrames(profile, options, warn);
  const filter = await loadFilters(options, units, warn);
  const counted = options.relativePercentages ? filter(framed) : framed;
  const index = checkedIndex(counted, options);
  const total = totalOf(counted, valuesOf(counted, index, options));
  const filtered = options.relativePercentages ? counted : filter(counted);
  const aggregated = aggregate(filtered, {
    granularity: options.granularity === '' ? 'functions' : options.granularity,
    noInlines: options.noInlines,
    columns: options.showColumns,
  });
  return {
    ...{ kind, options, profile: aggregated, total, labelUnits: units },
    sampleType: aggregated.sampleTypes[index] ?? { type: '', unit: '' },
    values: valuesOf(aggregated, index, options),
  };
}

/** The filters; what they need is loaded only where there are some. */
async function loadFilters(
  options: ReportOptions,
  units: ReadonlyMap<string, string>,
  warn: Warn,
): Promise<(profile: Profile) => Profile> {
  if (Object.values(options.filters).every((text) => text === '')) return (profile) => profile;
  const { applyFilters } = await import('./apply-filters.js');
  return (profile) => applyFilters(profile, options, { units, warn });
}

async function withLabelFrames(profile: Profile, options: ReportOptions, warn: Warn): Promise<Profile> {
  const { tagRoot: roots, tagLeaf: leaves, unit } = options;
  if (roots.length === 0 && leaves.length === 0) return profile;
  const { addLabelFrames } = await import('../profile/label-frames.js');
  const framed = addLabelFrames(profile, { roots, leaves, unit });
  if (!framed.matches.roots) warn('TagRoot expression matched no samples');
  if (!framed.matches.leaves) warn('TagLeaf expression matched no samples');
  return framed.profile;
}

function checkedIndex(profile: Profile, { sampleIndex: word, divideBy }: ReportOptions): number {
  if (profile.sampleTypes.length === 0) throw new ProfError('bad-profile', 'the profile has no sample types');
  const index = sampleIndex(profile, word);
  if (divideBy === 0) throw new ProfError('usage', '--divide-by: zero divisor specified');
  return index;
}

function valuesOf({ samples }: Profile, index: number, { mean }: ReportOptions): SampleValues {
  const none = new Float64Array(samples.count);
  return {
    values: samples.values[index] ?? none,
    divisors: mean ? (samples.values[0] ?? none) : undefined,
  };
}

/** Prints a value of the report's sample type. */
export type FormatValue = (value: bigint) => string;

/** The printer of a report's values in a unit. */
export function formatterFor({ options, sampleType }: Report, unit: string): FormatValue {
  const ratio = 1 / options.divideBy;
  return (value) => scaledLabel(Number(divided(value, ratio)), sampleType.unit, unit);
}

/** A value times the ratio, towards zero. */
function divided(value: bigint, ratio: number): bigint {
  return ratio > 0 && ratio !== 1 ? toInt64(Number(value) * ratio) : value;
}

/** The magnitude of a share of the total. */
export function shareOf(total: bigint, fraction: number): bigint {
  return abs64(toInt64(Number(total) * fraction));
}
