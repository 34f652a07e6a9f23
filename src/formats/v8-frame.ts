import type { Frame } from '../profile/builder.js';
import { isObject, numberOr, textOf } from './json.js';
import { pathOfUrl } from './url-path.js';

/**
 * V8's call frame, whose lines and columns are 0-based, as a frame at the line where the function
 * starts. What is missing or no number is unknown.
 */
export function frameOfCallFrame(callFrame: unknown): Frame {
  const { functionName, url, lineNumber, columnNumber } = isObject(callFrame) ? callFrame : {};
  const file = pathOfUrl(textOf(url));
  const startLine = file === '' ? 0 : oneBased(lineNumber);
  const name = textOf(functionName) || anonymousName(startLine);
  return { name, file, startLine, startColumn: oneBased(columnNumber), line: startLine };
}

function anonymousName(line: number): string {
  return line > 0 ? `(anonymous:${line})` : '(anonymous)';
}

function oneBased(value: unknown): number {
  const number = numberOr(value, -1);
  return Number.isSafeInteger(number) && number >= 0 && number < 2 ** 31 ? number + 1 : 0;
}
