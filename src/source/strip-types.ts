import { createRequire } from 'node:module';
import { ProfError } from '../error.js';

type Swc = typeof import('@swc/wasm-typescript');

let swc: Swc | undefined;

/**
 * JavaScript of the same length: types are blanked out, so that every line and column of the
 * result is that of the source.
 *
 * @param code - TypeScript without constructs that need code of their own (enum, namespace, parameter property)
 * @param file - path for the error message
 * @throws ProfError `bad-variant` with file and line for such a construct and for wrong syntax
 */
export function stripTypes(code: string, file: string): string {
  swc ??= createRequire(import.meta.url)('@swc/wasm-typescript') as Swc; // the package's one export, typed by itself
  try {
    return swc.transformSync(code, { mode: 'strip-only', filename: file }).code;
  } catch (error) {
    throw stripError(error, file);
  }
}

interface SwcError {
  readonly code: string;
  readonly message: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

function stripError(error: unknown, file: string): unknown {
  if (!isSwcError(error)) return error;
  const place = `${file}:${error.startLine ?? 1}:${(error.startColumn ?? 0) + 1}`;
  const message = error.message
    .replace(/ is not supported in strip-only mode.*/s, '')
    .replace(/^TypeScript /, '');
  if (error.code !== 'UnsupportedSyntax') return new ProfError('bad-variant', `${place}: ${message}`);
  return new ProfError('bad-variant', `${place}: TypeScript ${message} cannot be run by leaving types out`, {
    hint: 'Use erasable TypeScript only (no enum, namespace or parameter property), or compile it to JavaScript first.',
  });
}

function isSwcError(error: unknown): error is SwcError {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}
