import type { Profile } from './profile.js';

/** The profile with a mapping without a name for all locations, where it has no mapping at all. */
export function withSomeMapping(profile: Profile): Profile {
  if (profile.mappings.length > 0) return profile;
  const has = { hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false };
  const mapping = { id: 1n, start: 0n, limit: 0n, offset: 0n, file: '', buildId: '', ...has };
  const locations = { ...profile.locations, mapping: new Int32Array(profile.locations.count) };
  return { ...profile, mappings: [mapping], locations };
}

/** The profile without mapping files that are the address which it came from. */
export function withoutSourceAddresses(profile: Profile): Profile {
  const mappings = profile.mappings.map((mapping) =>
    mapping.buildId === '' && isAbsoluteUrl(mapping.file) ? { ...mapping, file: '' } : mapping,
  );
  return { ...profile, mappings };
}

/** Whether Go's `url.Parse` finds a scheme. */
function isAbsoluteUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && !/[\x00-\x1f\x7f]/.test(text);
}
