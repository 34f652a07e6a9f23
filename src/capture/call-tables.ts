import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Called, CallTable } from '../source/call-table.js';
import { findFunction, findFunctionAt } from '../source/functions.js';
import { stripTypes } from '../source/strip-types.js';
import { parseCode } from '../source/transform/parse-code.js';
import { isTypeScript } from '../source/typescript.js';
import type { CpuFrame } from './cpu-record.js';

/** The calls that the texts of files tell of; each file is read once. */
export class CallTables {
  readonly #tables = new Map<string, CallTable | undefined>();

  /** Whether a function may call another on its line; true where that is not known. */
  mayCall(caller: CpuFrame, called: CpuFrame): boolean {
    const table = this.#of(caller.url);
    if (table === undefined) return true;
    const { functions } = table;
    const owner =
      caller.start === undefined ? findFunction(functions, caller) : findFunctionAt(functions, caller.start);
    if (owner === undefined) return true;
    const line = caller.line === caller.start?.line ? undefined : caller.line;
    return table.mayCall(owner, calledIn(table, caller, called), line);
  }

  /**
   * A stack whose callers have the lines of their calls, where the text tells them; others keep theirs.
   *
   * @param stack - of code that is not inlined, from a profiler that says where functions start
   */
  withCallLines(stack: readonly CpuFrame[]): CpuFrame[] {
    return stack.map((caller, i) => {
      const [called, table] = [stack[i + 1], this.#of(caller.url)];
      if (called === undefined || table === undefined || caller.start === undefined) return caller;
      const owner = findFunctionAt(table.functions, caller.start);
      const line = owner && table.lineOfCall(owner, calledIn(table, caller, called), () => false);
      return line === undefined ? caller : { ...caller, line };
    });
  }

  #of(url: string): CallTable | undefined {
    if (!this.#tables.has(url)) this.#tables.set(url, readTable(url));
    return this.#tables.get(url);
  }
}

function calledIn(table: CallTable, caller: CpuFrame, called: CpuFrame): Called {
  const { name } = called;
  if (called.url !== caller.url) return { name, start: undefined };
  if (called.start !== undefined) return { name, start: called.start };
  const found = findFunction(table.functions, called);
  return { name, start: found && { line: found.startLine, column: found.startColumn } };
}

function readTable(url: string): CallTable | undefined {
  if (url === '' || url.startsWith('node:')) return undefined;
  try {
    const path = url.startsWith('file:') ? fileURLToPath(url) : url;
    const text = readFileSync(path, 'utf8');
    const code = isTypeScript(path) ? stripTypes(text, path) : text;
    const program = parseCode(code, undefined);
    return program === undefined ? undefined : new CallTable(program, code);
  } catch {
    return undefined;
  }
}
