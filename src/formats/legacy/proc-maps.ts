import type { Mapping } from '../../profile/profile.js';
import { parseHex } from './int64.js';
import type { LineScanner } from './line-scanner.js';

/** A range of memory that a binary was mapped to; fields are filled in as the profile is put together. */
export interface MemoryMap extends Pick<Mapping, 'buildId'> {
  start: bigint;
  limit: bigint;
  offset: bigint;
  file: string;
  buildId: string;
}

const sentinels = ['--- Memory map: ---', 'MAPPED_LIBRARIES:'];

/** Whether a line says that memory maps follow. */
export function isMapSentinel(line: string): boolean {
  return sentinels.some((sentinel) => line.includes(sentinel));
}

/** Assignments of the form `name=value` kept; later lines use them as `$name`. */
const maxAssignments = 256;
const maxLine = 65_535;

/**
 * Reads memory maps as Linux prints them in /proc/self/maps, or in pprof's shorter form, to the end.
 * Lines that are none, and those of memory that holds no code, are left out.
 */
export function readMaps(scanner: LineScanner): MemoryMap[] {
  const maps: MemoryMap[] = [];
  const assignments: [string, string][] = [];
  while (scanner.scan()) {
    const line = substitute(scanner.text.replace(/^[^[\]]+:[0-9]+\]\s/, ''), assignments);
    const parsed = parseMap(line);
    if (parsed === 'no code') continue;
    if (parsed !== undefined) maps.push(parsed);
    else if (line.includes('=') && assignments.length < maxAssignments) {
      const equals = line.indexOf('=');
      assignments.push([`$${line.slice(0, equals).trim()}`, line.slice(equals + 1).trim()]);
    }
  }
  return maps;
}

function substitute(line: string, assignments: readonly (readonly [string, string])[]): string {
  if (assignments.length === 0 || !line.includes('$')) return line;
  let [text, at] = ['', 0];
  while (at < line.length && text.length < maxLine) {
    const found = line[at] === '$' ? assignments.find(([name]) => line.startsWith(name, at)) : undefined;
    text += found === undefined ? line[at] : found[1];
    at += found?.[0].length ?? 1;
  }
  return text;
}

const hexRange = String.raw`^\s*(?:0x)?([0-9a-fA-F]+)[\s-]?\s*(?:0x)?([0-9a-fA-F]+):?(?:\s+([-rwxp]+))?`;
const procMap = new RegExp(
  String.raw`${hexRange}(?:\s+([0-9a-fA-F]+))?\s+[0-9a-fA-F]+:[0-9a-fA-F]+\s+\d+(?:\s+(\S+))?`,
);
const briefMap = new RegExp(
  String.raw`${hexRange}(?:\s+(\S+))?(?:\s+\(@([0-9a-fA-F]+)\))?(?:\s+([0-9a-fA-F]+))?`,
);

function parseMap(line: string): MemoryMap | 'no code' | undefined {
  // Longer numbers are none, and would take the patterns too long to say so.
  if (/^\s*[0-9a-fA-Fx]{41}/.test(line)) return undefined;
  const proc = procMap.exec(line);
  const brief = proc === null ? briefMap.exec(line) : null;
  if (proc === null && brief === null) return undefined;
  const [, start = '', limit = '', permissions] = proc ?? brief ?? [];
  if (permissions !== undefined && !permissions.includes('x')) return 'no code';
  const [offset = '0', file = ''] = proc === null ? [brief?.[5], brief?.[4]] : [proc[4], proc[5]];
  const [from, to, skipped] = [parseHex(start), parseHex(limit), parseHex(offset)];
  if (from === undefined || to === undefined || skipped === undefined) return undefined;
  return { start: from, limit: to, offset: skipped, file, buildId: brief?.[6] ?? '' };
}
