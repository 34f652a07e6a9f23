import { installAwaitCalls } from './await-slot.js';
import { awaitInsertions } from './await-timers.js';
import { type Insertion, insertAll, OriginalPlaces } from './insertions.js';
import { type CodeKind, parseCode } from './parse-code.js';
import { installTransform } from './slot.js';

let isInstalled = false;

/** Has files of this thread tell of their awaits from now on; see `awaitInsertions`. */
export function installTimedAwaits(): void {
  isInstalled = true;
  installAwaitCalls();
  installTransform({
    transform: (code, _name, kind) => insertAll(code, timersOf(code, kind)),
    sites: undefined,
  });
}

/**
 * Finds the places of a file's text as it runs in the text as it is; undefined where they are the same.
 *
 * @param code - of a file that has been loaded in this process, types left out
 */
export function timedPlaces(code: string): OriginalPlaces | undefined {
  return isInstalled ? new OriginalPlaces(code, timersOf(code, undefined)) : undefined;
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
