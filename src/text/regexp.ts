import { RE2JS, RE2JSSyntaxException } from 're2js';

/**
 * A test for a match anywhere in a text, in RE2's syntax: what Go's regexps accept, in linear time.
 *
 * @returns the problem, in Go's words, where the pattern is none
 */
export function compileRe2(pattern: string): { test: (text: string) => boolean } | { problem: string } {
  try {
    const compiled = RE2JS.compile(pattern);
    return { test: (text) => compiled.matcher(text).find() };
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return { problem: error.message };
    throw error;
  }
}
