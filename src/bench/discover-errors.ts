import { basename } from 'node:path';
import { ProfError } from '../error.js';
import { pathName } from './names.js';
import type { Target } from './session.js';
import type { Variant } from './variant.js';

/** Results and samples of benchmarks of one name could not be told apart. */
export function checkNames({ label }: Variant, targets: readonly Target[]): void {
  const files = new Map<string, string>();
  for (const { path, file } of targets) {
    const name = pathName(path);
    const other = files.get(name);
    if (other !== undefined) {
      const [one, two] = [basename(other), basename(file)];
      throw new ProfError('bad-variant', `${label}: both ${one} and ${two} have a ${name}`, {
        hint: 'Benchmarks of one folder need names of their own; a single file is a variant as well.',
      });
    }
    files.set(name, file);
  }
}

/** The error of a file that cannot be loaded. */
export function loadError(
  file: string,
  { message, hint }: { readonly message: string; readonly hint?: string },
): ProfError {
  const told = message.includes(file) ? message : `${file}: ${message}`;
  return new ProfError('bad-variant', told, { hint });
}

/** The error of a variant in which nothing is found. */
export function noBenchmarks(variant: Variant): ProfError {
  const hint =
    'A benchmark is an exported function `BenchmarkXxx(b)`; in a folder it stands in a file *.bench.ts, .js, .mts or .mjs.';
  if (variant.benchFiles.length === 0)
    return new ProfError('bad-variant', `${variant.label}: no benchmarks in this folder`, { hint });
  return new ProfError('bad-variant', `${variant.label}: exports no benchmark`, { hint });
}
