import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame } from '../profile/builder.js';
import {
  findFunction,
  findFunctionAround,
  findFunctionAt,
  findOnlyFunction,
  functionsOf,
  type SourceFunction,
} from '../source/functions.js';
import type { Position } from '../source/line-index.js';
import { stripTypes } from '../source/strip-types.js';
import type { OriginalPlaces } from '../source/transform/insertions.js';
import { markedPlaces } from '../source/transform/marked-lines.js';
import { timedPlaces } from '../source/transform/timed-awaits.js';
import { isTypeScript } from '../source/typescript.js';
import type { CpuFrame } from './cpu-record.js';
import type { HeapFrame } from './heap-lines.js';
import { Originals, sourceMapOf } from './mapped-frame.js';

/**
 * Turns V8's frames into a profile's: paths for URLs, names that tell functions apart
 * (`Router.match`, `handleHi.<anonymous:12>`), the line where each function starts; generated files that have a
 * source map give way to their originals. Reads the sources for it, each once; where one cannot be read V8's own
 * words stay.
 */
export class FrameNamer {
  readonly #sources = new Map<string, Source>();
  readonly #awaitsTimed: boolean;

  /** @param options - whether the files told of their awaits, see `awaitInsertions`: the text that ran then had other columns */
  constructor({ awaitsTimed = false }: { readonly awaitsTimed?: boolean } = {}) {
    this.#awaitsTimed = awaitsTimed;
  }

  /** Source maps that could not be used, a sentence part each. */
  get problems(): readonly string[] {
    return [...this.#sources.values()].flatMap(({ problem }) => problem ?? []);
  }

  /** A frame of a CPU profile. */
  cpuFrame(given: CpuFrame): Frame {
    const { name, url, line, column, start } = given;
    const file = pathOf(url);
    const { functions, originals, places } = this.#sourceOf(file);
    const original = (ran: Position): Position => places?.original(ran) ?? ran;
    const place = column === undefined ? undefined : original({ line, column });
    const found =
      start === undefined ? around(functions, given, place) : findFunctionAt(functions, original(start));
    const generated = frameOf(found, { name, file, line, startLine: start?.line ?? 0 });
    return originals?.frame(generated, found, place) ?? generated;
  }

  /** A frame of a heap profile; where its line is not known it is the one where the function starts. */
  heapFrame({ functionName, url, lineNumber, columnNumber, line }: HeapFrame): Frame {
    const file = pathOf(url);
    const startLine = url === '' ? 0 : lineNumber + 1;
    const { functions, originals, places } = this.#sourceOf(file);
    const start = { line: startLine, column: columnNumber + 1 };
    const found = findFunctionAt(functions, places?.original(start) ?? start);
    const named = frameOf(found, { name: functionName, file, line: startLine, startLine });
    const generated = line === undefined ? named : { ...named, line };
    return originals?.frame(generated, found) ?? generated;
  }

  /** Whether the line of a frame lies in its function; true for what has no source. */
  holdsLine({ name, file, startLine, line }: Frame): boolean {
    const { functions } = this.#sourceOf(file);
    if (functions.length === 0) return true;
    return functions.some(
      (each) =>
        each.name === name && each.startLine === startLine && line >= startLine && line <= each.endLine,
    );
  }

  #sourceOf(file: string): Source {
    const known = this.#sources.get(file);
    if (known !== undefined) return known;
    const source = readSource(file, this.#awaitsTimed);
    this.#sources.set(file, source);
    return source;
  }
}

/** The function that a place lies in; where there is only a line, the one of that name. */
function around(
  functions: readonly SourceFunction[],
  { name, line }: CpuFrame,
  place: Position | undefined,
): SourceFunction | undefined {
  const found = place && findFunctionAround(functions, place);
  // The line of inlined code lies outside of the function that it was inlined into.
  return found ?? findFunction(functions, { name, line }) ?? findOnlyFunction(functions, name);
}

function frameOf(found: SourceFunction | undefined, frame: Frame): Frame {
  if (found !== undefined) return { ...frame, name: found.name, startLine: found.startLine };
  if (frame.name !== '') return frame;
  return { ...frame, name: frame.line > 0 ? `(anonymous:${frame.line})` : '(anonymous)' };
}

/** What is known of a file that frames are in. */
interface Source {
  readonly functions: readonly SourceFunction[];
  /** Where it was generated from. */
  readonly originals?: Originals;
  /** Finds the places of the text that ran, where it was changed before it ran. */
  readonly places?: OriginalPlaces | undefined;
  readonly problem?: string;
}

function readSource(file: string, awaitsTimed: boolean): Source {
  if (file === '' || file.startsWith('node:')) return { functions: [] };
  try {
    const text = readFileSync(file, 'utf8');
    if (isTypeScript(file)) return readCode(file, stripTypes(text, file), awaitsTimed);
    const code = readCode(file, text, awaitsTimed);
    const map = sourceMapOf(file, text);
    if (map.kind === 'map') return { ...code, originals: new Originals(map.map) };
    return map.kind === 'broken' ? { ...code, problem: map.problem } : code;
  } catch {
    return { functions: [] };
  }
}

function readCode(file: string, code: string, awaitsTimed: boolean): Source {
  const places = awaitsTimed ? timedPlaces(code) : markedPlaces(file, code);
  return { functions: functionsOf(code), places };
}

/** A script's path as users write it; a `file:` URL that has none, which a script may call itself, as it is. */
function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
