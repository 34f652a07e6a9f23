import { ProfError } from '../error.js';
import type { Profile } from './profile.js';

/**
 * The index of the sample type that a word means: empty for the profile's default, else its last
 * one; a number; a name, with or without `inuse_`.
 *
 * @throws ProfError `usage` for a word that means none of them
 */
export function sampleIndex({ sampleTypes, defaultSampleType }: Profile, word: string): number {
  const types = sampleTypes.map(({ type }) => type);
  if (word === '') {
    const index = defaultSampleType === '' ? -1 : types.indexOf(defaultSampleType);
    return index < 0 ? types.length - 1 : index;
  }
  const last = types.length - 1;
  const index = /^[+-]?\d+$/.test(word) ? Number(word) : indexOfType(types, word);
  if (index >= 0 && index <= last) return index;
  throw new ProfError('usage', `sample index "${word}" is not in this profile`, {
    hint: `Valid values are ${types.join(', ')}, or 0 to ${last}.`,
  });
}

/** A profile of V8 calls `space` what others call `inuse_space`. */
function indexOfType(types: readonly string[], word: string): number {
  const short = word.replace(/^inuse_/, '');
  return types.findIndex((type) => type === word || type === short);
}
