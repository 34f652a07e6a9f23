import type { Profile } from './profile.js';

/** Whether a text is meant. */
export type Matcher = (text: string) => boolean;

/** 1 for each function whose name or file is meant. */
export function matchFuncs({ funcs, strings }: Profile, matches: Matcher): Uint8Array {
  const known = new Map<number, boolean>();
  const matchesString = (i: number): boolean => {
    const before = known.get(i);
    if (before !== undefined) return before;
    const result = matches(strings.get(i));
    known.set(i, result);
    return result;
  };
  return Uint8Array.from({ length: funcs.count }, (_, i) =>
    matchesString(funcs.name[i]!) || matchesString(funcs.file[i]!) ? 1 : 0,
  );
}

/** 1 for each location whose mapping's file is meant. */
export function matchMappings({ mappings, locations }: Profile, matches: Matcher): Uint8Array {
  const meant = mappings.map(({ file }) => matches(file));
  return Uint8Array.from(locations.mapping, (mapping) => (mapping >= 0 && meant[mapping] ? 1 : 0));
}

/** 1 for each location with a line, or a mapping, that is meant. */
export function matchLocations(profile: Profile, matches: Matcher): Uint8Array {
  const { lineStart, lineFunc } = profile.locations;
  const funcs = matchFuncs(profile, matches);
  const found = matchMappings(profile, matches);
  for (let i = 0; i < found.length; i++) {
    for (let line = lineStart[i]!; line < lineStart[i + 1]! && found[i] === 0; line++)
      found[i] = funcs[lineFunc[line]!]!;
  }
  return found;
}
