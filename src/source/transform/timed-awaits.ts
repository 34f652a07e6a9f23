import { installAwaitCalls } from './await-slot.js';
import { awaitInsertions } from './await-timers.js';
import { type Insertion, insertAll, OriginalPlaces } from './insertions.js';
import { type CodeKind, parseCode } from './parse-code.js';
import { installTransform } from './slot.js';

/** Has files of this thread tell of their awaits from now on; see `awaitInsertions`. */
export function installTimedAwaits(): void {
  installAwaitCalls();
  installTransform({
    transform: (code, _name, kind) => insertAll(code, timersOf(code, kind)),
    sites: undefined,
  });
}

/**
 * Finds the places of a text that tells of its awaits in the text as it is.
 *
 * @param code - as it is, types left out
 */
export function timedPlaces(code: string): OriginalPlaces {
  return new OriginalPlaces(code, timersOf(code, undefined));
}

function timersOf(code: string, kind: CodeKind | undefined): readonly Insertion[] {
  if (!code.includes('await')) return [];
  try {
    const program = parseCode(code, kind);
    return program === undefined ? [] : awaitInsertions(program, code);
  } catch (error) {
    // Nested deeper than our calls may be.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
