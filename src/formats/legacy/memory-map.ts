import type { Mapping } from '../../profile/profile.js';

/** `00400000-00e00000 r-xp 00000000 08:01 1234  /bin/x`, as /proc/self/maps has it. */
const procMaps =
  /^\s*(?:0x)?([0-9a-f]+)[\s-]?\s*(?:0x)?([0-9a-f]+):?(?:\s+([-rwxp]+))?(?:\s+([0-9a-f]+))?\s+[0-9a-f]+:[0-9a-f]+\s+\d+(?:\s+(\S+))?/i;
/** `400000-e00000: /bin/x (@ff00) buildid` */
const briefMaps =
  /^\s*(?:0x)?([0-9a-f]+)[\s-]?\s*(?:0x)?([0-9a-f]+):?(?:\s+([-rwxp]+))?(?:\s+(\S+))?(?:\s+\(@([0-9a-f]+)\))?(?:\s+([0-9a-f]+))?/i;
const logPrefix = /^[^[\]]+:[0-9]+]\s/;

/** Whether a line begins a memory map. */
export function isMemoryMapStart(line: string): boolean {
  return line.includes('--- Memory map: ---') || line.includes('MAPPED_LIBRARIES:');
}

/** The executable mappings of a memory map, `$name` replaced by what `name=value` lines say. */
export function parseMemoryMap(lines: readonly string[]): Mapping[] {
  const values = new Map<string, string>();
  const mappings: Mapping[] = [];
  for (const raw of lines) {
    let line = raw.replace(logPrefix, '');
    for (const [name, value] of values) line = line.replaceAll(`$${name}`, value);
    const mapping = parseMapping(line);
    if (mapping !== undefined) mappings.push(mapping);
    else if (line.includes('=')) {
      const at = line.indexOf('=');
      values.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
    }
  }
  return arrange(mappings);
}

function parseMapping(line: string): Mapping | undefined {
  const proc = procMaps.exec(line);
  const [, start, limit, permissions, a, b, buildId = ''] = proc ?? briefMaps.exec(line) ?? [];
  const [offset, file] = proc === null ? [b, a] : [a, b];
  if (start === undefined || limit === undefined) return undefined;
  if (permissions !== undefined && !permissions.includes('x')) return undefined;
  const has = { hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false };
  const hex = (text: string | undefined): bigint => BigInt.asUintN(64, BigInt(`0x${text ?? '0'}`));
  return {
    id: 1n,
    start: hex(start),
    limit: hex(limit),
    offset: hex(offset),
    file: file ?? '',
    buildId,
    ...has,
  };
}

/** Joins mappings that were split in two, and puts what looks like the program first. */
function arrange(mappings: readonly Mapping[]): Mapping[] {
  const joined: Mapping[] = [];
  for (const mapping of mappings) {
    const last = joined.at(-1);
    if (last === undefined || !isAdjacent(last, mapping)) joined.push(mapping);
    else
      joined[joined.length - 1] = {
        ...last,
        limit: mapping.limit,
        file: mapping.file || last.file,
        buildId: mapping.buildId || last.buildId,
      };
  }
  const main = joined.findIndex(({ file }) => {
    const name = file.replaceAll('(deleted)', '').trim();
    return name !== '' && !name.startsWith('[') && !/([.]so$|[.]so[._][0-9]+)/.test(name);
  });
  const [first, found] = [joined[0], joined[main]];
  if (main > 0 && first !== undefined && found !== undefined) [joined[0], joined[main]] = [found, first];
  return joined;
}

function isAdjacent(a: Mapping, b: Mapping): boolean {
  if (a.file !== '' && b.file !== '' && a.file !== b.file) return false;
  if (a.buildId !== '' && b.buildId !== '' && a.buildId !== b.buildId) return false;
  if (a.limit !== b.start) return false;
  return a.offset === 0n || b.offset === 0n || a.offset + (a.limit - a.start) === b.offset;
}
