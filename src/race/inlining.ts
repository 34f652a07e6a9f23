import { setFlagsFromString } from 'node:v8';

// V8 puts functions into those that call them up to a budget of bytecodes, which is spent soon where each access of an element has a
// check. A check that stays a call takes four times as long. The budget is the process's; while it is not V8's own, the code of Node's modules that comes
// with it cannot be used, and a thread takes longer to start.

/** Bytecodes; V8's own budget. */
const usual = 920;

/** From now on has V8 put checks into the functions that are checked, however many. */
export function inlineChecks(): void {
  setBudget(4 * usual);
}

/** Does as V8 does until the thread that is about to start calls `inlineChecks`. */
export function inlineAsUsual(): void {
  setBudget(usual);
}

function setBudget(bytecodes: number): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${bytecodes}`);
}
