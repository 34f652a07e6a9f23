import type { Frame } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';
import { stackOf } from '../profile/samples.js';

/** A sample as formats with one value per stack write it. */
export interface WeightedSample {
  /** Leaf first. */
  readonly stack: readonly Frame[];
  readonly value: number;
}

/** The samples of a profile with their value of one sample type; those without a stack are left out. */
export function* weightedSamples(
  profile: Profile,
  sampleType: number,
): Generator<WeightedSample, void, undefined> {
  const { samples } = profile;
  for (let i = 0; i < samples.count; i++) {
    const stack = stackOf(profile, i);
    if (stack.length > 0) yield { stack, value: Number(samples.values[sampleType]?.[i] ?? 0) };
  }
}
