import { existsSync, readFileSync, statSync } from 'node:fs';
import { type ModuleKind, moduleKind } from './module-kind.js';
import { stripTypes } from './strip-types.js';

/** A file as the loader takes it. */
export interface LoadedModule {
  readonly format: ModuleKind;
  readonly source: string;
}

/** Whether a path or URL without query names a TypeScript file. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?ts$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** A TypeScript file, types left out, positions kept. */
export function loadTypeScript(file: string): LoadedModule {
  const source = stripTypes(readFileSync(file, 'utf8'), file);
  return { format: moduleKind(file, source), source };
}

/**
 * The TypeScript file meant by a path that does not exist: `x.js` → `x.ts`, `x.mjs` → `x.mts`,
 * `x` → `x.ts`, then a folder's `index.ts`. Undefined where there is none.
 *
 * @param path - absolute path, nothing found there
 */
export function typeScriptFor(path: string): string | undefined {
  const bySuffix = path.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates =
    bySuffix === path
      ? [`${path}.ts`, `${path}.mts`, `${path}.cts`, `${path}/index.ts`, `${path}/index.mts`]
      : [bySuffix];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

const notFoundCodes = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT']);

/** Whether a resolver gave up because there is no such file or package. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && notFoundCodes.has(String(error.code));
}
