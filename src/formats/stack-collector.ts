import { type Frame, ProfileBuilder, type ProfileBuilderOptions } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';
import type { Source } from './source.js';

/**
 * Most frames that the stacks of one profile may have together. A chain of calls a hundred thousand
 * deep with a sample at each would take gigabytes, from a file of a few megabytes.
 */
const maxFrames = 2 ** 25;

/** What belongs to a sample besides stack and values. */
export interface SampleExtra {
  readonly labels?: Readonly<Record<string, string>>;
  /** Where in the file it stands, for errors. */
  readonly place: () => string;
}

/** Collects the samples of a foreign file: a profile builder that doubts what it is given. */
export class StackCollector {
  readonly #source: Source;
  readonly #builder: ProfileBuilder;
  #frames = 0;

  constructor(source: Source, options: ProfileBuilderOptions) {
    this.#source = source;
    this.#builder = new ProfileBuilder(options);
  }

  /** The number of a frame, for `add`. */
  locationOf(frame: Frame): number {
    return this.#builder.locationOf(frame);
  }

  /**
   * Adds a sample; one without any value is left out.
   *
   * @param locations - as `locationOf` gives them, leaf first
   * @param values - one per sample type, in that order; rounded to whole numbers
   * @throws ProfError for a value past 2^53, and for more frames than memory could hold
   */
  add(locations: readonly number[], values: readonly number[], { labels, place }: SampleExtra): void {
    const rounded = values.map((value) => Math.round(value));
    if (rounded.every((value) => value === 0)) return;
    const odd = rounded.findIndex((value) => !Number.isSafeInteger(value));
    if (odd >= 0) throw this.#source.error(place(), `the value ${values[odd]} is not below 2^53`);
    this.#frames += locations.length;
    if (this.#frames > maxFrames)
      throw this.#source.error(place(), `the stacks have more than ${maxFrames} frames together`);
    // Adding 0 turns -0 into 0.
    this.#builder.addStack(
      locations,
      rounded.map((value) => value + 0),
      labels,
    );
  }

  /** The profile of the samples so far. */
  build(): Profile {
    return this.#builder.build();
  }
}
