// Loaded by `--require` in each thread of a process whose awaits are watched.
import { installAwaitCalls } from './await-slot.js';
import { awaitInsertions } from './await-timers.js';
import { insertAll } from './insertions.js';
import { type CodeKind, parseCode } from './parse-code.js';
import { installTransform } from './slot.js';

installAwaitCalls();
installTransform({ transform: timeAwaits, sites: undefined });

function timeAwaits(code: string, _name: string, kind: CodeKind | undefined): string {
  if (!code.includes('await')) return code;
  try {
    const program = parseCode(code, kind);
    return program === undefined ? code : insertAll(code, awaitInsertions(program, code));
  } catch (error) {
    // Nested deeper than our calls may be.
    if (error instanceof RangeError) return code;
    throw error;
  }
}
