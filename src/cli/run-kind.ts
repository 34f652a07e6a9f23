import { describeNoRun } from '../benchfmt/bench-text.js';
import { ProfError } from '../error.js';
import type { InputKind } from './read-input.js';

/** What commands that compare runs want to read. */
export const runKind: InputKind = {
  folderHint: 'Name a run in it, such as mem.3.',
  missingHint: 'Run `prof bench <variant>` to save a run, such as mem.3 for step3.',
};

/**
 * The error of a file without results.
 *
 * @param head - its beginning
 */
export function noResults(file: string, head: Uint8Array): ProfError {
  const what = describeNoRun(head);
  return new ProfError('bad-bench', `${file}: no benchmark results${what === undefined ? '' : `: ${what}`}`, {
    hint: 'A run is what `prof bench` prints and saves, such as mem.3: lines like `BenchmarkHi 1000 1662 ns/op`.',
  });
}
