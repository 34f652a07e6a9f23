import type { Matcher } from './match.js';
import type { Profile } from './profile.js';
import { pruneFrames } from './prune.js';

/**
 * The profile without the frames that it asks viewers itself to leave out (and without what they
 * call). Patterns that do not compile are passed over, as pprof does.
 *
 * @param compile - gives undefined for a pattern that is none
 */
export function dropFrames(profile: Profile, compile: (pattern: string) => Matcher | undefined): Profile {
  if (profile.dropFrames === '') return profile;
  const drop = compile(`^(${profile.dropFrames})$`);
  const keep = profile.keepFrames === '' ? never : compile(`^(${profile.keepFrames})$`);
  if (drop === undefined || keep === undefined) return profile;
  return pruneFrames(profile, (name) => drop(name) && !keep(name));
}

const never: Matcher = () => false;
