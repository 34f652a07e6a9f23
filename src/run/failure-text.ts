import { AssertionError } from 'node:assert';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { isProfError } from '../error.js';

const ownFiles = new URL('..', import.meta.url).href;

/** A place in the user's files that a stack names. */
interface Frame {
  /** The function's name as V8 gives it; empty outside of any. */
  readonly call: string;
  /** Relative to the working folder where it is below it. */
  readonly path: string;
  /** 1-based. */
  readonly line: string;
  readonly column: string;
}

/**
 * What was thrown, in Go's layout: `file:line: message`, then the calls that led there, if any.
 * Only places in the user's files are named.
 *
 * @param thrown - any value
 * @param cwd - absolute path of the working folder
 */
export function failureText(thrown: unknown, cwd: string): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (isProfError(thrown)) return [thrown.message, thrown.hint ?? ''].join('\n').trimEnd();
  const frames = (thrown.stack ?? '').split('\n').flatMap((line) => parseFrame(line, cwd) ?? []);
  const [first] = frames;
  const where = first === undefined ? '' : `${first.path}:${first.line}: `;
  const calls = frames.length > 1 ? ['', ...frames.map(formatFrame)] : [];
  return [`${where}${messageOf(thrown)}`, ...calls, ...causeOf(thrown, cwd)].join('\n');
}

function parseFrame(text: string, cwd: string): Frame | undefined {
  const match = /^\s+at (?:(.*) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(text);
  const [, call = '', place = '', line = '', column = ''] = match ?? [];
  if (match === null || place.startsWith('node:') || place.startsWith(ownFiles)) return undefined;
  const path = place.startsWith('file:') ? fileURLToPath(place) : place;
  const near = relative(cwd, path);
  return { call, path: near.startsWith('..') ? path : near, line, column };
}

function formatFrame({ call, path, line, column }: Frame): string {
  const place = `${path}:${line}:${column}`;
  return call === '' ? `    at ${place}` : `    at ${call} (${place})`;
}

/** Message and name, but the name only where it tells more than "Error". */
function messageOf(error: Error): string {
  const message = stripVTControlCharacters(error.message).trimEnd();
  const plain = error instanceof AssertionError || error.name === 'Error';
  return plain ? message : `${error.name}: ${message}`;
}

function causeOf(error: Error, cwd: string): string[] {
  return error.cause === undefined ? [] : ['', `cause: ${failureText(error.cause, cwd)}`];
}
