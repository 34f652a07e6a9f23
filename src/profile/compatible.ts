import { ProfError } from '../error.js';
import { areConvertible, scale } from '../unit/scale.js';
import type { Profile, ValueType } from './profile.js';
import { scaleValues } from './scale-values.js';

/**
 * The profiles with the sample types that all of them have, in the order of the first, and in the
 * finest of their units.
 *
 * @throws ProfError `bad-profile` where they have none in common
 */
export function makeCompatible(profiles: readonly Profile[]): Profile[] {
  return commonUnits(commonTypes(profiles));
}

function commonTypes(profiles: readonly Profile[]): Profile[] {
  const counts = new Map<string, number>();
  for (const { type } of profiles.flatMap(({ sampleTypes }) => sampleTypes))
    counts.set(type, (counts.get(type) ?? 0) + 1);
  const first = profiles[0]?.sampleTypes ?? [];
  const common = first.map(({ type }) => type).filter((type) => counts.get(type) === profiles.length);
  if (common.length === 0)
    throw new ProfError('bad-profile', 'the profiles have no sample type in common', {
      hint: [...new Set(profiles.map(({ sampleTypes }) => sampleTypes.map(({ type }) => type).join(', ')))]
        .map((types) => `One has ${types}.`)
        .join('\n'),
    });
  return profiles.map((profile) => pickTypes(profile, common));
}

function pickTypes(profile: Profile, common: readonly string[]): Profile {
  const { sampleTypes, samples, defaultSampleType } = profile;
  const indices = common.map((type) => sampleTypes.findIndex((own) => own.type === type));
  if (indices.length === sampleTypes.length && indices.every((index, i) => index === i)) return profile;
  return {
    ...profile,
    sampleTypes: indices.map((index) => sampleTypes[index]!),
    samples: { ...samples, values: indices.map((index) => samples.values[index]!) },
    defaultSampleType: common.includes(defaultSampleType) ? defaultSampleType : common[0]!,
  };
}

function commonUnits(profiles: readonly Profile[]): Profile[] {
  if (profiles.length <= 1) return [...profiles];
  const period = finest(
    profiles.map(({ periodType }) => periodType),
    'period types',
  );
  const types = (profiles[0]?.sampleTypes ?? []).map((_, i) =>
    finest(
      profiles.map(({ sampleTypes }) => sampleTypes[i]!),
      'sample types',
    ),
  );
  return profiles.map((profile) => inUnits(profile, period, types));
}

function inUnits(profile: Profile, period: ValueType, types: readonly ValueType[]): Profile {
  const { sampleTypes, periodType } = profile;
  const ratios = sampleTypes.map(({ unit }, i) => scale(1, unit, types[i]!.unit).value);
  return {
    ...scaleValues(profile, ratios),
    sampleTypes: sampleTypes.map(({ type }, i) => ({ type, unit: types[i]!.unit })),
    period: BigInt(Math.trunc(scale(Number(profile.period), periodType.unit, period.unit).value)),
    periodType: { type: periodType.type, unit: period.unit },
  };
}

/** The type with the finest unit. */
function finest(types: readonly ValueType[], what: string): ValueType {
  let [least, ...others] = types as [ValueType, ...ValueType[]];
  for (const type of others) {
    if (!areComparable(least, type))
      throw new ProfError(
        'bad-profile',
        `the profiles have different ${what}: ${print(least)} and ${print(type)}`,
      );
    if (scale(1, type.unit, least.unit).value < 1) least = type;
  }
  return least;
}

function areComparable(a: ValueType, b: ValueType): boolean {
  if (a.type.replace(/s$/, '') !== b.type.replace(/s$/, '')) return false;
  return a.unit === b.unit || areConvertible(a.unit, b.unit);
}

function print({ type, unit }: ValueType): string {
  return `${type}/${unit}`;
}
