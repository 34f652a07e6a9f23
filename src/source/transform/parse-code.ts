import type { Program } from 'acorn';
import { DeepParser } from '../deep-parser.js';

/** How a text is to be read. */
export type CodeKind = 'module' | 'commonjs' | 'script';

/**
 * A text's syntax tree, parentheses kept.
 *
 * @param kind - undefined where it is not known: it is a script if it can be
 * @returns undefined where it is no JavaScript; Node then says what is wrong with it
 * @throws RangeError where it is nested too deep
 */
export function parseCode(code: string, kind: CodeKind | undefined): Program | undefined {
  const types =
    kind === undefined
      ? (['script', 'module'] as const)
      : ([kind === 'module' ? 'module' : 'script'] as const);
  for (const sourceType of types) {
    try {
      return DeepParser.parse(code, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: sourceType === 'script',
        allowAwaitOutsideFunction: sourceType === 'module',
        preserveParens: true,
      });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}
