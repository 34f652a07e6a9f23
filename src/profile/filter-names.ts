import { appendLines, editLines } from './edit-lines.js';
import { editSamples } from './edit-samples.js';
import { type Matcher, matchFuncs, matchLocations, matchMappings } from './match.js';
import type { Locations, Profile } from './profile.js';

/** Which samples and frames to keep, by function, file or mapping; undefined for no such filter. */
export interface NameFilters {
  /** Keep samples that pass through a match. */
  readonly focus: Matcher | undefined;
  /** Drop samples that pass through a match, even if they are in focus. */
  readonly ignore: Matcher | undefined;
  /** Take out frames that match. */
  readonly hide: Matcher | undefined;
  /** Take out frames that do not match. */
  readonly show: Matcher | undefined;
}

/** Which filters met something anywhere in the profile; true for those not given. */
export interface NameMatches {
  readonly focus: boolean;
  readonly ignore: boolean;
  readonly hide: boolean;
  readonly show: boolean;
}

/**
 * The profile with the samples and frames that the filters leave. A sample that loses all frames
 * goes; what a hidden frame spent stays with the sample, and so moves to its nearest caller.
 */
export function filterByName(
  profile: Profile,
  filters: NameFilters,
): { profile: Profile; matches: NameMatches } {
  const { focus, ignore, hide, show } = filters;
  if (!focus && !ignore && !hide && !show)
    return { profile, matches: { focus: true, ignore: true, hide: true, show: true } };
  const { count } = profile.locations;
  const all = new Uint8Array(count).fill(1);
  const focused = focus ? matchLocations(profile, focus) : all;
  const ignored = ignore ? matchLocations(profile, ignore) : new Uint8Array(count);
  const { locations, isHidden, matches } = filterLines(profile, hide, show);
  const samples = keepFrames(profile, { focused, ignored, isHidden });
  const focusMatches = focused.some((yes, i) => yes === 1 && ignored[i] === 0);
  return {
    profile: { ...profile, locations, samples },
    matches: { focus: !focus || focusMatches, ignore: !ignore || ignored.includes(1), ...matches },
  };
}

interface Filtered {
  readonly locations: Locations;
  /** 1 for locations that are not to be seen. */
  readonly isHidden: Uint8Array;
  readonly matches: Pick<NameMatches, 'hide' | 'show'>;
}

/** Takes lines out of locations; `show` sees what `hide` has left. */
function filterLines(profile: Profile, hide: Matcher | undefined, show: Matcher | undefined): Filtered {
  const isHidden = new Uint8Array(profile.locations.count);
  const hidden = hide && matchLocations(profile, hide);
  let { locations } = profile;
  if (hide && hidden) {
    const [funcs, mappings] = [matchFuncs(profile, hide), matchMappings(profile, hide)];
    locations = dropLines(
      locations,
      (line, i) => mappings[i] === 1 || funcs[locations.lineFunc[line]!] === 1,
    );
    for (let i = 0; i < locations.count; i++) if (hidden[i] === 1 && isEmpty(locations, i)) isHidden[i] = 1;
  }
  let shows = !show;
  if (show) {
    const [funcs, mappings] = [matchFuncs(profile, show), matchMappings(profile, show)];
    const { lineFunc } = locations;
    locations = dropLines(locations, (line, i) => mappings[i] === 0 && funcs[lineFunc[line]!] === 0);
    for (let i = 0; i < locations.count; i++) {
      if (isEmpty(locations, i)) isHidden[i] = 1;
      else shows = true;
    }
  }
  return { locations, isHidden, matches: { hide: !hidden || hidden.includes(1), show: shows } };
}

function isEmpty({ lineStart }: Locations, i: number): boolean {
  return lineStart[i] === lineStart[i + 1];
}

function dropLines(locations: Locations, drop: (line: number, location: number) => boolean): Locations {
  const { lineStart } = locations;
  return editLines(locations, (i, lines) => {
    for (let line = lineStart[i]!; line < lineStart[i + 1]!; line++)
      if (!drop(line, i)) appendLines(lines, line, line + 1);
  });
}

function keepFrames(
  { samples }: Profile,
  { focused, ignored, isHidden }: { focused: Uint8Array; ignored: Uint8Array; isHidden: Uint8Array },
): Profile['samples'] {
  const anyHidden = isHidden.includes(1);
  return editSamples(samples, (i, stack) => {
    let isFocused = false;
    const before = stack.length;
    for (let at = samples.start[i]!; at < samples.start[i + 1]!; at++) {
      const location = samples.stack[at]!;
      if (ignored[location] === 1) return false;
      if (focused[location] === 1) isFocused = true;
      if (isHidden[location] === 0) stack.push(location);
    }
    return isFocused && (!anyHidden || stack.length > before);
  });
}
