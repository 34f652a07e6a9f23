import type { MemoryMap } from './proc-maps.js';

/**
 * Maps as pprof arranges them: adjacent ones of one file made one, the main binary first, its start
 * put where Linux loads programs.
 */
export function arrangeMaps(given: readonly MemoryMap[]): MemoryMap[] {
  const maps = joinAdjacent(given);
  const main = maps.findIndex(({ file }) => isMainBinary(file));
  const [first, found] = [maps[0], maps[main]];
  if (first !== undefined && found !== undefined) {
    maps[0] = found;
    maps[main] = first;
  }
  const [huge, next] = maps;
  if (
    huge !== undefined &&
    next !== undefined &&
    huge.file.startsWith('/anon_hugepage') &&
    huge.limit === next.start
  )
    maps.shift();
  const usualStart = 0x400000n;
  const [binary] = maps;
  if (binary !== undefined && BigInt.asUintN(64, binary.start - binary.offset) === usualStart) {
    binary.start = usualStart;
    binary.offset = 0n;
  }
  return maps;
}

function isMainBinary(file: string): boolean {
  const name = file.replaceAll('(deleted)', '').trim();
  return name !== '' && !/[.]so$|[.]so[._][0-9]+/.test(name) && !name.startsWith('[');
}

function joinAdjacent(given: readonly MemoryMap[]): MemoryMap[] {
  const maps: MemoryMap[] = [];
  for (const map of given) {
    const last = maps.at(-1);
    if (last === undefined || !areAdjacent(last, map)) {
      maps.push({ ...map });
      continue;
    }
    last.limit = map.limit;
    if (map.file !== '') last.file = map.file;
    if (map.buildId !== '') last.buildId = map.buildId;
  }
  return maps;
}

function areAdjacent(one: MemoryMap, next: MemoryMap): boolean {
  const mayBeSame = (a: string, b: string): boolean => a === '' || b === '' || a === b;
  if (!mayBeSame(one.file, next.file) || !mayBeSame(one.buildId, next.buildId)) return false;
  if (one.limit !== next.start) return false;
  if (one.offset === 0n || next.offset === 0n) return true;
  return BigInt.asUintN(64, one.offset + (one.limit - one.start)) === next.offset;
}

/** The index of the map that an address is in; -1 for none. May widen a map that begins too late. */
export function mapOf(maps: readonly MemoryMap[], address: bigint): number {
  const within = maps.findIndex(({ start, limit }) => start <= address && address < limit);
  if (within >= 0) return within;
  const before = maps.findIndex(
    ({ start, offset }) => offset !== 0n && BigInt.asUintN(64, start - offset) <= address && address < start,
  );
  const found = maps[before];
  if (found === undefined) return -1;
  found.start = BigInt.asUintN(64, found.start - found.offset);
  found.offset = 0n;
  return before;
}
