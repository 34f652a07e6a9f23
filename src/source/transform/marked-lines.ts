import { pathToFileURL } from 'node:url';
import { type Insertion, insertAll, OriginalPlaces } from './insertions.js';
import { installLineMarks } from './line-slot.js';
import { lineInsertions } from './lines.js';
import { isOwnFile } from './own-file.js';
import { type CodeKind, parseCode } from './parse-code.js';
import { installTransform } from './slot.js';

/** Whose code is to say on which line it is: the user's own, or that of installed packages as well. */
export type MarkedFiles = 'own' | 'all';

let marked: MarkedFiles | undefined;

/** Has files of this thread marked from now on; see `lineInsertions`. */
export function installMarkedLines(files: MarkedFiles): void {
  marked = files;
  installLineMarks();
  installTransform({
    transform: (code, name, kind) => (isMarked(name) ? insertAll(code, marksOf(code, kind)) : code),
    sites: undefined,
  });
}

/**
 * Finds the places of a file's text as it runs in the text as it is; undefined where they are the same.
 *
 * @param path - of a file that has been loaded in this process
 * @param code - its text, types left out
 */
export function markedPlaces(path: string, code: string): OriginalPlaces | undefined {
  if (!isMarked(pathToFileURL(path).href)) return undefined;
  return new OriginalPlaces(code, marksOf(code, undefined));
}

function isMarked(url: string): boolean {
  return marked === 'all' || (marked === 'own' && isOwnFile(url));
}

function marksOf(code: string, kind: CodeKind | undefined): readonly Insertion[] {
  try {
    const program = parseCode(code, kind);
    return program === undefined ? [] : lineInsertions(program, code);
  } catch (error) {
    // Nested deeper than our calls may be.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
