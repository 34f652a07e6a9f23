import { filterSamples } from './edit-samples.js';
import type { Profile, Samples, ValueColumn } from './profile.js';
import { ValueColumnBuilder } from './value-columns.js';

/**
 * The profile with the values of each sample type times a ratio, rounded (halves away from zero).
 * Samples of which nothing is left go; values whose ratio is 1 do not count for that, as in pprof.
 *
 * @param ratios - one per sample type
 */
export function scaleValues(profile: Profile, ratios: readonly number[]): Profile {
  if (ratios.every((ratio) => ratio === 1)) return profile;
  const { samples } = profile;
  const values = samples.values.map((column, type) => scaleColumn(column, ratios[type] ?? 1));
  const scaled: Samples = { ...samples, values };
  const changed = values.filter((_, type) => ratios[type] !== 1);
  return { ...profile, samples: filterSamples(scaled, (i) => changed.some((column) => Boolean(column[i]))) };
}

function scaleColumn(column: ValueColumn, ratio: number): ValueColumn {
  if (ratio === 1) return column;
  const builder = new ValueColumnBuilder(column.length);
  for (let i = 0; i < column.length; i++) builder.setInt64(i, roundHalfAway(Number(column[i]!) * ratio));
  return builder.build(column.length);
}

function roundHalfAway(value: number): number {
  // 0.49999999999999994 + 0.5 is 1: round the fraction, not the sum.
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}

/** The sum of each sample type's values, wrapping as int64. */
export function columnSums({ samples }: Profile): bigint[] {
  return samples.values.map((column) => {
    if (column instanceof Float64Array) return BigInt(column.reduce((sum, value) => sum + value, 0));
    return BigInt.asIntN(
      64,
      column.reduce((sum, value) => sum + value, 0n),
    );
  });
}

/** The profile scaled so that each sample type adds up to what it does in the base. */
export function normalizeValues(profile: Profile, base: Profile): Profile {
  const [own, wanted] = [columnSums(profile), columnSums(base)];
  const ratios = own.map((sum, type) => (sum === 0n ? 0 : Number(wanted[type] ?? 0n) / Number(sum)));
  return scaleValues(profile, ratios);
}
