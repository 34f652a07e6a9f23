import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Frame } from '../profile/builder.js';
import {
  findFunction,
  findFunctionAt,
  findOnlyFunction,
  functionsOf,
  type SourceFunction,
} from '../source/functions.js';
import { stripTypes } from '../source/strip-types.js';
import { isTypeScript } from '../source/typescript.js';
import type { CpuFrame } from './cpu-record.js';
import type { CallFrame } from './inspector.js';

/**
 * Turns V8's frames into a profile's: paths for URLs, names that tell functions apart
 * (`Router.match`, `handleHi.<anonymous:12>`), the line where each function starts. Reads the
 * sources for it, each once; where one cannot be read V8's own words stay.
 */
export class FrameNamer {
  readonly #functions = new Map<string, readonly SourceFunction[]>();

  /** A frame of a CPU profile. */
  cpuFrame({ name, url, line, start }: CpuFrame): Frame {
    const file = pathOf(url);
    const functions = this.#functionsOf(file);
    const found =
      start === undefined
        ? // The line of inlined code lies outside of the function that it was inlined into.
          (findFunction(functions, { name, line }) ?? findOnlyFunction(functions, name))
        : findFunctionAt(functions, start);
    return frameOf(found, { name, file, line, startLine: start?.line ?? 0 });
  }

  /** A frame of a heap profile; its line is the one where the function starts. */
  heapFrame({ functionName, url, lineNumber, columnNumber }: CallFrame): Frame {
    const file = pathOf(url);
    const startLine = url === '' ? 0 : lineNumber + 1;
    const found = findFunctionAt(this.#functionsOf(file), { line: startLine, column: columnNumber + 1 });
    return frameOf(found, { name: functionName, file, line: startLine, startLine });
  }

  /** Whether the line of a frame lies in its function; true for what has no source. */
  holdsLine({ name, file, startLine, line }: Frame): boolean {
    const functions = this.#functionsOf(file);
    if (functions.length === 0) return true;
    return functions.some(
      (each) =>
        each.name === name && each.startLine === startLine && line >= startLine && line <= each.endLine,
    );
  }

  #functionsOf(file: string): readonly SourceFunction[] {
    const known = this.#functions.get(file);
    if (known !== undefined) return known;
    const functions = readFunctions(file);
    this.#functions.set(file, functions);
    return functions;
  }
}

function frameOf(found: SourceFunction | undefined, frame: Frame): Frame {
  if (found !== undefined) return { ...frame, name: found.name, startLine: found.startLine };
  if (frame.name !== '') return frame;
  return { ...frame, name: frame.line > 0 ? `<anonymous:${frame.line}>` : '(anonymous)' };
}

function readFunctions(file: string): readonly SourceFunction[] {
  if (file === '' || file.startsWith('node:')) return [];
  try {
    const text = readFileSync(file, 'utf8');
    return functionsOf(isTypeScript(file) ? stripTypes(text, file) : text);
  } catch {
    return [];
  }
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
