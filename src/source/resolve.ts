import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNotFound, typeScriptFor } from './typescript.js';

/** Where to look once more for a specifier that Node did not find. */
export interface SecondTry {
  readonly specifier: string;
  readonly parentURL: string | undefined;
}

/**
 * The second place to look: the TypeScript file beside a missing `./x.js`, or this package itself
 * for `prof-toolkit/…`, so that a benchmark outside of any project can import it.
 *
 * @param error - what the first try threw
 * @returns undefined where there is no second place; the error then stands
 */
export function secondTry(
  error: unknown,
  specifier: string,
  parentURL: string | undefined,
): SecondTry | undefined {
  if (!isNotFound(error)) return undefined;
  if (/^prof-toolkit(\/|$)/.test(specifier)) return { specifier, parentURL: import.meta.url };
  const path = pathOf(specifier, parentURL);
  const found = path === undefined ? undefined : typeScriptFor(path);
  return found === undefined ? undefined : { specifier: pathToFileURL(found).href, parentURL };
}

function pathOf(specifier: string, parentURL: string | undefined): string | undefined {
  if (isAbsolute(specifier)) return specifier;
  if (specifier.startsWith('file:')) return fileURLToPath(specifier);
  if (!/^\.\.?\//.test(specifier) || parentURL === undefined || !parentURL.startsWith('file:'))
    return undefined;
  return fileURLToPath(new URL(specifier, parentURL));
}
