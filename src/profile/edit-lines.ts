import { Uint32List } from './list.js';
import type { Locations } from './profile.js';

/**
 * The locations with fewer lines.
 *
 * @param edit - appends the lines of a location that stay, by index
 */
export function editLines(
  locations: Locations,
  edit: (location: number, lines: Uint32List) => void,
): Locations {
  const lines = new Uint32List(locations.lineFunc.length);
  const lineStart = new Uint32Array(locations.count + 1);
  for (let i = 0; i < locations.count; i++) {
    edit(i, lines);
    lineStart[i + 1] = lines.length;
  }
  const kept = lines.toArray();
  return {
    ...locations,
    lineStart,
    lineFunc: kept.map((line) => locations.lineFunc[line]!),
    lineNumber: Float64Array.from(kept, (line) => locations.lineNumber[line]!),
    lineColumn: Float64Array.from(kept, (line) => locations.lineColumn[line]!),
  };
}

/** Appends lines `from` to `to` (exclusive). */
export function appendLines(lines: Uint32List, from: number, to: number): void {
  for (let line = from; line < to; line++) lines.push(line);
}
