import { compileRe2 } from '../../text/regexp.js';
import { quotePattern } from '../query.js';

/**
 * A test for what the search box says, a regular expression by the rules of all filters: it marks what `focus` would
 * take. Undefined where the box is empty; what is wrong where it is none.
 */
export function searchTest(
  text: string,
): { readonly test: (name: string) => boolean } | { readonly problem: string } | undefined {
  if (text === '') return undefined;
  const compiled = compileRe2(text);
  if ('problem' in compiled) return compiled;
  const isPlain = quotePattern(text) === text;
  // Names come again with every picture, and many functions are in one file.
  const known = new Map<string, boolean>();
  return {
    test: (name) => {
      let matches = known.get(name);
      if (matches === undefined) {
        matches = isPlain ? name.includes(text) : compiled.test(name);
        known.set(name, matches);
      }
      return matches;
    },
  };
}
