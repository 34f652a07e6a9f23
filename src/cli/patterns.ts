import { ProfError } from '../error.js';
import type { Compile } from '../report/options.js';

/** Texts that mean themselves as patterns: no need to load the regular expressions for them. */
const literal = /^[^\\.+*?()|[\]{}^$]*$/;

/**
 * What compiles patterns, in RE2's syntax as pprof.
 *
 * @param patterns - those that will come, as far as known; `undefined` for one that may be anything
 */
export async function loadCompile(patterns: readonly (string | undefined)[]): Promise<Compile> {
  if (patterns.every((pattern) => pattern !== undefined && literal.test(pattern))) return compileLiteral;
  const { compileRe2 } = await import('../text/regexp.js');
  return (pattern, what) => {
    const compiled = compileRe2(pattern);
    if ('test' in compiled) return compiled.test;
    throw new ProfError('usage', `${what}: ${compiled.problem}`, {
      hint: "Regular expressions are RE2's: https://github.com/google/re2/wiki/Syntax",
    });
  };
}

const compileLiteral: Compile = (pattern) => (text) => text.includes(pattern);
