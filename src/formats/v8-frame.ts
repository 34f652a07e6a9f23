import { fileURLToPath } from 'node:url';
import type { Frame } from '../profile/builder.js';
import { isObject, type JsonObject, numberOf, textOf } from './json-shape.js';

/** A frame as V8 writes it: lines and columns count from 0, files are URLs. */
export function v8Frame(node: JsonObject, line?: number): Frame {
  const frame = isObject(node['callFrame']) ? node['callFrame'] : {};
  const startLine = numberOf(frame, 'lineNumber') + 1;
  const name = textOf(frame, 'functionName');
  const file = filePath(textOf(frame, 'url'));
  return {
    name: name === '' ? '(anonymous)' : name,
    file,
    startLine: file === '' ? 0 : startLine,
    line: file === '' ? 0 : (line ?? startLine),
    startColumn: numberOf(frame, 'columnNumber') + 1,
  };
}

/** The path that a URL of a file means; any other URL as it is. */
function filePath(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
