import type { Profile } from '../profile/profile.js';
import { chromeTrace } from './chrome-trace.js';
import { cpuprofile } from './cpuprofile.js';
import { folded } from './folded.js';
import type { Format, OpenedFile } from './format.js';
import { heapprofile } from './heapprofile.js';
import { perfScript } from './perf-script.js';
import { speedscope } from './speedscope.js';

/** All formats besides profile.proto, in the order in which they are tried. */
const formats: readonly Format[] = [cpuprofile, heapprofile, speedscope, chromeTrace, perfScript, folded];

/**
 * The profile that a file of another tool holds, told by its content.
 *
 * @returns undefined where it is of no known format
 * @throws ProfError `bad-profile` for a damaged file
 */
export function decodeOther(bytes: Uint8Array, name: string): Profile | undefined {
  const file = open(bytes, name);
  return formats.find((format) => format.detects(file))?.decode(file);
}

function open(bytes: Uint8Array, name: string): OpenedFile {
  const text = textOf(bytes);
  return { bytes, name, text, json: text === undefined ? undefined : jsonOf(text) };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
