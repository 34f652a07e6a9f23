import type { Profile } from '../profile/profile.js';
import type { Source } from './source.js';

/** A kind of file that holds a profile, other than profile.proto. */
export interface Format {
  /** What a user calls it: `V8 .cpuprofile`. */
  readonly name: string;

  /** Whether the bytes are such a file; looks at the content alone, and never throws. */
  detects(source: Source): boolean;

  /**
   * The profile.
   *
   * @throws ProfError `bad-profile` that names the file and the place of what is wrong
   */
  read(source: Source): Profile;
}
