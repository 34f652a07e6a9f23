import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Program } from 'acorn';
import { isTypeScript, loadTypeScript } from '../typescript.js';
import { type Insertion, insertAll, OriginalPlaces } from './insertions.js';
import { originalText } from './original-text.js';
import { type CodeKind, parseCode } from './parse-code.js';
import { instrumentRace, type RaceEdits, type RaceInput } from './race/instrument-race.js';
import type { RaceSite } from './race/sites.js';
import { installTransform } from './slot.js';
import { instrumentUpdates } from './updates/instrument-updates.js';

/** A file whose code runs with hooks in it. */
export interface Instrumented {
  readonly code: string;
  readonly places: OriginalPlaces;
  readonly sites: readonly RaceSite[];
  readonly insertions: readonly Insertion[];
}

/** What decides what is put into a file. */
interface EditedFile {
  readonly code: string;
  /** URL or path. */
  readonly name: string;
  readonly kind: CodeKind | undefined;
}

/** Where threads leave for one another what they have put into files. */
export interface EditStore {
  readonly find: (file: EditedFile) => RaceEdits | undefined;
  readonly add: (file: EditedFile, edits: RaceEdits) => void;
}

const files = new Map<string, Instrumented>();
let store: EditStore | undefined;

/** Gives ids of sites; threads that share memory share the counter. */
interface SiteCounter {
  next: () => number;
}

/** What is put into files. */
let editor: (program: Program, input: RaceInput) => RaceEdits = instrumentRace;

let own = 0;
const counter: SiteCounter = { next: () => ++own };

/** Word of the shared memory that counts sites. */
export const siteWord = 4;

/**
 * Has files watched for races from now on.
 *
 * @param memory - shared by all threads, whose word `siteWord` counts sites
 * @param edits - what other threads have put into files already
 */
export function installRaceTransform(memory: Int32Array<SharedArrayBuffer>, edits?: EditStore): void {
  store = edits;
  installEditor(memory, { isForUpdates: false });
}

/** Has files watched for lost updates from now on; see `installRaceTransform`. */
export function installUpdateTransform(memory: Int32Array<SharedArrayBuffer>): void {
  editor = instrumentUpdates;
  installEditor(memory, { isForUpdates: true });
}

function installEditor(
  memory: Int32Array<SharedArrayBuffer>,
  { isForUpdates }: { readonly isForUpdates: boolean },
): void {
  const { add } = Atomics;
  counter.next = () => add(memory, siteWord, 1) + 1;
  installTransform({
    transform: (code, name, kind) => instrument(code, name, kind)?.code ?? code,
    sites: memory.buffer,
    isForUpdates,
  });
}

/**
 * Puts the hooks of the race detector into a file.
 *
 * @param name - URL or path, under which `getInstrumented` has it afterwards
 * @returns undefined where the text is no JavaScript that can be read: Node then says what is wrong with it,
 *   or runs what is nested too deep as it is
 */
export function instrument(code: string, name: string, kind: CodeKind | undefined): Instrumented | undefined {
  const edits = editsOf({ code, name, kind });
  if (edits === undefined) return undefined;
  const { insertions, sites } = edits;
  const made = {
    code: insertAll(code, insertions),
    places: new OriginalPlaces(code, insertions),
    sites,
    insertions,
  };
  files.set(fileKey(name), made);
  return made;
}

function editsOf(file: EditedFile): RaceEdits | undefined {
  const known = store?.find(file);
  if (known !== undefined) return known;
  const made = makeEdits(file);
  if (made !== undefined) store?.add(file, made);
  return made;
}

function makeEdits({ code, name, kind }: EditedFile): RaceEdits | undefined {
  const declareBy = kind === 'script' ? 'let' : 'var';
  try {
    const program = parseCode(code, kind);
    return program && editor(program, { code, name, nextSite: counter.next, declareBy });
  } catch (error) {
    // Nested deeper than our calls may be.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What is known of an instrumented file; undefined where it cannot be. */
export function getInstrumented(name: string): Instrumented | undefined {
  const known = files.get(fileKey(name));
  if (known !== undefined) return known;
  // Node 20 instruments modules in another thread.
  const code = readCode(fileKey(name));
  return code === undefined ? undefined : instrument(code, name, provided.has(name) ? 'script' : undefined);
}

/** What V8 gives as the text of a function, without our hooks. */
export function withoutHooks(text: string): string {
  if (!text.includes('$prof')) return text;
  for (const file of files.values()) {
    const original = originalText(text, file);
    if (original !== undefined) return original;
    // What `new Function` gives has its body in the middle.
    if (text.includes(file.code)) return text.replace(file.code, () => withoutHooks(file.code));
  }
  return text;
}

/** Bodies of functions that were made of texts, with hooks. */
const bodies = new Map<string, string>();

/** Texts that are looked at; a program may make any number of them. */
const maxBodies = 1000;

/** A body that `new Function` is given, with hooks in it; as it is where there are too many, or it cannot be read. */
export function instrumentBody(body: string): string {
  const known = bodies.get(body);
  if (known !== undefined) return known;
  if (bodies.size >= maxBodies) return body;
  const code = instrument(body, `[new Function ${bodies.size + 1}]`, 'commonjs')?.code ?? body;
  bodies.set(body, code);
  return code;
}

const provided = new Map<string, string>();

/** A text that another thread has instrumented, and that stands in no file. */
export function provideSource(name: string, code: string): void {
  provided.set(name, code);
}

function readCode(path: string): string | undefined {
  const text = provided.get(path);
  if (text !== undefined) return text;
  try {
    return isTypeScript(path) ? loadTypeScript(path).source : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Stacks name modules by URL and CommonJS by path. */
function fileKey(name: string): string {
  return name.startsWith('file:') ? fileURLToPath(name) : name;
}
