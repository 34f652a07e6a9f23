import { compileRe2 } from '../text/regexp.js';
import type { BenchmarkPath } from './job.js';
import { pathName } from './names.js';

/**
 * How a benchmark is meant by `--bench`: `partial` where the pattern has parts for sub-benchmarks
 * that this one, should it have none, does not measure up to.
 */
export type BenchMatch = 'no' | 'partial' | 'whole';

/** `--bench`, compiled. */
export interface BenchPattern {
  readonly text: string;
  match(path: BenchmarkPath): BenchMatch;
}

/**
 * Compiles `--bench`. As in Go it is split at each `|` and then at its slashes, those in brackets
 * excepted, and each part must match the part of the name in its place; parts that the name has
 * more match.
 *
 * @returns the problem where a part is no regular expression
 */
export function compileBenchPattern(pattern: string): BenchPattern | { readonly problem: string } {
  const choices: Test[][] = [];
  for (const choice of splitPattern(pattern, '|')) {
    const tests: Test[] = [];
    for (const part of splitPattern(choice, '/')) {
      const compiled = compileRe2(part);
      if ('problem' in compiled) return compiled;
      tests.push(compiled.test);
    }
    choices.push(tests);
  }
  return {
    text: pattern,
    match: (path) => best(choices.map((tests) => matchParts(tests, pathName(path).split('/')))),
  };
}

type Test = (text: string) => boolean;

function matchParts(tests: readonly Test[], names: readonly string[]): BenchMatch {
  if (!names.every((name, i) => tests[i]?.(name) ?? true)) return 'no';
  return tests.length > names.length ? 'partial' : 'whole';
}

function best(matches: readonly BenchMatch[]): BenchMatch {
  if (matches.includes('whole')) return 'whole';
  return matches.includes('partial') ? 'partial' : 'no';
}

/** Splits at a character outside of brackets and parentheses. */
function splitPattern(pattern: string, at: '|' | '/'): string[] {
  const parts: string[] = [''];
  let brackets = 0;
  let parentheses = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '[') brackets++;
    else if (c === ']') brackets = Math.max(0, brackets - 1);
    else if (c === '(' && brackets === 0) parentheses++;
    else if (c === ')' && brackets === 0) parentheses--;
    if (c === at && brackets === 0 && parentheses === 0) parts.push('');
    else parts[parts.length - 1] += c === '\\' ? c + pattern.charAt(++i) : c;
  }
  return parts;
}
