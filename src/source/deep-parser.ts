import { Parser } from 'acorn';

/**
 * acorn, but a text that is nested too deep gives a RangeError at once. acorn itself asks in its innermost call, with a regular
 * expression, whether the stack is used up: to compile one there ends the process, in V8 up to Node 22.
 */
export class DeepParser extends Parser {
  catchStackOverflow<T>(parse: () => T): T {
    return parse();
  }
}
