import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Frame } from '../profile/builder.js';
import { functionsOf, type SourceFunction } from '../source/functions.js';
import type { Position } from '../source/line-index.js';
import { mapReference, type OriginalPosition, parseSourceMap, type SourceMap } from '../source/source-map.js';
import { stripTypes } from '../source/strip-types.js';

/** What a generated file's comment about its source map has led to. */
export type MapOfFile =
  | { readonly kind: 'none' }
  | { readonly kind: 'map'; readonly map: SourceMap }
  /** Why the map cannot be used. */
  | { readonly kind: 'broken'; readonly problem: string };

/** The source map that a generated text names. */
export function sourceMapOf(file: string, code: string): MapOfFile {
  const reference = mapReference(code);
  if (reference === undefined) return { kind: 'none' };
  const own = pathToFileURL(file).href;
  if (reference.kind === 'inline')
    return mapOr(parseSourceMap(reference.json, own), `${file}: its inline source map`);
  try {
    const url = new URL(reference.url, own);
    const path = fileURLToPath(url);
    return mapOr(parseSourceMap(readFileSync(path, 'utf8'), url.href), path);
  } catch {
    return { kind: 'broken', problem: `${file}: its source map ${reference.url} cannot be read` };
  }
}

function mapOr(map: SourceMap | undefined, what: string): MapOfFile {
  return map === undefined ? { kind: 'broken', problem: `${what} is no source map` } : { kind: 'map', map };
}

/** Functions of original files, each read once. */
export class Originals {
  readonly #map: SourceMap;
  readonly #functions = new Map<string, readonly SourceFunction[]>();

  constructor(map: SourceMap) {
    this.#map = map;
  }

  /**
   * A frame in its original file.
   *
   * @param generated - the frame as the profiler has it
   * @param found - its function in the generated text
   * @param place - what was being executed, in the generated text; undefined where only the line is known
   * @returns undefined where the map has no original for it
   */
  frame(generated: Frame, found: SourceFunction | undefined, place?: Position): Frame | undefined {
    if (found === undefined || found.name === '(module)') return this.#outside(generated, place);
    const start = this.#map.original({ line: found.startLine, column: found.startColumn });
    if (start === undefined) return undefined;
    const own = functionAt(this.#functionsOf(start.source), start);
    const name = own?.name ?? start.name ?? generated.name;
    const startLine = own?.startLine ?? start.line;
    const line = this.#lineOf(place, start) ?? this.#lineIn(generated.line, found, start) ?? startLine;
    return { name, file: pathOfSource(start.source), startLine, line };
  }

  /** A frame of no function that is known: the module itself, or code that could not be read. */
  #outside(generated: Frame, place: Position | undefined): Frame | undefined {
    const original =
      (place && this.#map.original(place)) ??
      this.#map.originalsOn(generated.line, { from: 1, to: Number.POSITIVE_INFINITY })[0];
    if (original === undefined) return undefined;
    return { ...generated, file: pathOfSource(original.source), line: original.line };
  }

  /** The original line of a place in a function that starts at `start`. */
  #lineOf(place: Position | undefined, start: OriginalPosition): number | undefined {
    const original = place && this.#map.original(place);
    return original?.source === start.source ? original.line : undefined;
  }

  /**
   * The original of the line that was being executed. V8 gives no columns: of a function whose generated text is
   * a single line, the line in the original is not known.
   */
  #lineIn(line: number, found: SourceFunction, start: OriginalPosition): number | undefined {
    const from = line === found.startLine ? found.startColumn : 1;
    const to = line === found.endLine ? found.endColumn : Number.POSITIVE_INFINITY;
    const originals = this.#map
      .originalsOn(line, { from, to })
      .filter(({ source }) => source === start.source);
    const isOneLine =
      found.startLine === found.endLine && new Set(originals.map((each) => each.line)).size > 1;
    return isOneLine ? undefined : originals[0]?.line;
  }

  #functionsOf(source: string): readonly SourceFunction[] {
    const known = this.#functions.get(source);
    if (known !== undefined) return known;
    const functions = readOriginal(source, this.#map.contentOf(source));
    this.#functions.set(source, functions);
    return functions;
  }
}

/** The original function that a generated one's start stands for: maps point at its name or its keyword. */
function functionAt(
  functions: readonly SourceFunction[],
  { line, column }: OriginalPosition,
): SourceFunction | undefined {
  const behind = functions.find(
    (each) => each.name !== '(module)' && each.startLine === line && each.startColumn >= column,
  );
  if (behind !== undefined) return behind;
  const around = functions.filter((each) => each.startLine <= line && line <= each.endLine);
  return around.at(-1)?.name === '(module)' ? undefined : around.at(-1);
}

function readOriginal(source: string, content: string | undefined): readonly SourceFunction[] {
  const file = pathOfSource(source);
  try {
    const text = content ?? readFileSync(file, 'utf8');
    return functionsOf(/\.[cm]?tsx?$/.test(file) ? stripTypes(text, file) : text);
  } catch {
    return [];
  }
}

function pathOfSource(source: string): string {
  if (!source.startsWith('file:')) return source;
  try {
    return fileURLToPath(source);
  } catch {
    return source;
  }
}
