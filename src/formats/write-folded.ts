import type { Frame } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';
import { weightedSamples } from './weighted.js';

/** A profile as collapsed stacks, a line each, root first; equal ones added together. */
export function writeFolded(profile: Profile, sampleType: number): string {
  const sums = new Map<string, number>();
  for (const { stack, value } of weightedSamples(profile, sampleType)) {
    const line = [...stack].reverse().map(nameOf).join(';');
    sums.set(line, (sums.get(line) ?? 0) + value);
  }
  return [...sums]
    .filter(([, value]) => value !== 0)
    .map(([line, value]) => `${line} ${value}\n`)
    .join('');
}

/** `;` and line breaks would end a frame. */
function nameOf({ name }: Frame): string {
  return (name === '' ? '<unknown>' : name).replaceAll(';', ':').replace(/[\r\n]+/g, ' ');
}
