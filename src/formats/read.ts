import type { Profile } from '../profile/profile.js';
import { chromeTrace } from './chrome-trace.js';
import { cpuprofile } from './cpuprofile.js';
import { folded } from './folded.js';
import type { Format } from './format.js';
import { heapprofile } from './heapprofile.js';
import { legacyContention } from './legacy/contention.js';
import { legacyCount } from './legacy/count.js';
import { legacyCpu } from './legacy/cpu.js';
import { legacyHeap } from './legacy/heap.js';
import { legacyThread } from './legacy/thread.js';
import { perfScript } from './perf-script.js';
import { Source } from './source.js';
import { speedscope } from './speedscope.js';

/** Formats whose files are JSON, in the order in which they are tried; told apart by the parsed value. */
const jsonFormats: readonly Format[] = [cpuprofile, heapprofile, speedscope, chromeTrace];

/** All other formats, in the order in which they are tried. */
const otherFormats: readonly Format[] = [
  legacyCpu,
  legacyHeap,
  legacyCount,
  legacyThread,
  legacyContention,
  perfScript,
  folded,
];

/** The format of bytes, told by their content; undefined where it is none of those read here. */
export function detectFormat(source: Source): Format | undefined {
  const detect = (formats: readonly Format[]): Format | undefined =>
    formats.find((format) => format.detects(source));
  if (!source.looksLikeJson) return detect(otherFormats);
  try {
    source.json();
  } catch (error) {
    // A text may well begin with a bracket.
    const other = detect(otherFormats);
    if (other !== undefined) return other;
    throw error;
  }
  return detect(jsonFormats);
}

/**
 * The profile that a file of another tool holds.
 *
 * @param bytes - unzipped
 * @param name - where the bytes come from, for errors
 * @returns undefined where the format is not known
 * @throws ProfError `bad-profile` for a file of a known format that is damaged
 */
export function readOtherFormat(bytes: Uint8Array, name: string): Profile | undefined {
  const source = new Source(bytes, name);
  return detectFormat(source)?.read(source);
}
