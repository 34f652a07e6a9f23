import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CallSite } from '../call-sites.js';
import { CallTable } from '../call-table.js';
import { isTypeScript, loadTypeScript } from '../typescript.js';
import { applyName, helpCalls } from './call-helpers.js';
import { insertAll, OriginalPlaces } from './insertions.js';
import { type CodeKind, parseCode } from './parse-code.js';
import { installTransform } from './slot.js';

/** A file whose calls can be told apart by the line that they are on. */
export interface CallLines {
  /** The text that runs. */
  readonly code: string;
  readonly places: OriginalPlaces;
  readonly table: CallTable;
  /** Calls that have a frame of their own. */
  readonly helped: ReadonlySet<CallSite>;
}

const packageFolder = new URL('../../../', import.meta.url).href;

/** Whether a file is the user's own, and no installed package. */
function isOwnFile(url: string): boolean {
  const inPackage = url.startsWith(packageFolder) ? url.slice(packageFolder.length) : url;
  return url.startsWith('file:') && !/(^|\/)node_modules\//.test(inPackage);
}

/**
 * Gives calls that a text alone cannot tell apart a frame of their own; see `helpCalls`.
 *
 * @returns undefined where the text is no JavaScript that can be read: Node then says what is wrong with it
 */
function separateCalls(code: string, kind: CodeKind | undefined): CallLines | undefined {
  const program = parseCode(code, kind);
  if (program === undefined) return undefined;
  const table = new CallTable(program, code);
  // Functions of a script are properties of the global object.
  const { insertions, helped } = helpCalls(program, code, kind === 'script' ? [] : [...table.ambiguous]);
  return {
    code: insertAll(code, insertions),
    places: new OriginalPlaces(code, insertions),
    table,
    helped,
  };
}

const files = new Map<string, CallLines | undefined>();
let isInstalled = false;

/** Has the user's own files changed from now on so that their calls can be told apart. */
export function installCallLines(): void {
  isInstalled = true;
  Object.defineProperty(globalThis, applyName, { value: Reflect.apply });
  installTransform({
    sites: undefined,
    transform: (code, name, kind) => {
      if (!isOwnFile(name)) return code;
      const made = separateOr(code, kind);
      files.set(name, made);
      return made?.code ?? code;
    },
  });
}

/** Whether the calls of this thread's files can be told apart by their lines. */
export function hasCallLines(): boolean {
  return isInstalled;
}

/**
 * The calls of a file that runs in this thread.
 *
 * @param url - path or URL
 * @returns undefined for what is not the user's own, and where the file cannot be read
 */
export function callLinesOf(url: string): CallLines | undefined {
  const name = url.startsWith('/') || /^[A-Za-z]:\\/.test(url) ? pathToFileURL(url).href : url;
  if (!isInstalled || !isOwnFile(name)) return undefined;
  if (!files.has(name)) files.set(name, readCallLines(name));
  return files.get(name);
}

/** Node 20 loads modules in another thread, which had their text. */
function readCallLines(url: string): CallLines | undefined {
  try {
    const path = fileURLToPath(url);
    if (!isTypeScript(path)) return separateOr(readFileSync(path, 'utf8'), undefined);
    const { source, format } = loadTypeScript(path);
    return separateOr(source, format);
  } catch {
    return undefined;
  }
}

function separateOr(code: string, kind: CodeKind | undefined): CallLines | undefined {
  try {
    return separateCalls(code, kind);
  } catch (error) {
    // Nested deeper than our calls may be.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
