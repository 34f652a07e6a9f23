import { appendLines, editLines } from './edit-lines.js';
import { editSamples } from './edit-samples.js';
import { type Matcher, matchFuncs, matchMappings } from './match.js';
import type { Profile } from './profile.js';

/**
 * The profile with each stack cut off above the match nearest to the root; samples without a match
 * go.
 */
export function showFrom(profile: Profile, matches: Matcher): { profile: Profile; matched: boolean } {
  const { locations, samples } = profile;
  const found = matchMappings(profile, matches);
  const funcs = matchFuncs(profile, matches);
  const shortened = editLines(locations, (i, lines) => {
    const [from, to] = [locations.lineStart[i]!, locations.lineStart[i + 1]!];
    let end = to;
    if (found[i] === 0) {
      while (end > from && funcs[locations.lineFunc[end - 1]!] === 0) end--;
      if (end > from) found[i] = 1;
      else end = to;
    }
    appendLines(lines, from, end);
  });
  const kept = editSamples(samples, (i, stack) => {
    let root = samples.start[i + 1]!;
    while (root > samples.start[i]! && found[samples.stack[root - 1]!] === 0) root--;
    for (let at = samples.start[i]!; at < root; at++) stack.push(samples.stack[at]!);
    return root > samples.start[i]!;
  });
  return { profile: { ...profile, locations: shortened, samples: kept }, matched: found.includes(1) };
}
