import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import { nearestWord } from '../text/nearest.js';
import type { Io } from './io.js';

/**
 * The bytes of a file named on the command line; `-` is standard input.
 *
 * @throws ProfError `not-found`, or `unreadable` for a folder and for what may not be read
 */
export async function readInput(file: string, io: Io): Promise<Uint8Array> {
  if (file === '-') return io.readStdin();
  const path = resolve(io.cwd, file);
  try {
    return await readFile(path);
  } catch (error) {
    throw await readError(error, file, path);
  }
}

async function readError(error: unknown, file: string, path: string): Promise<unknown> {
  switch (systemCode(error)) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new ProfError('not-found', `${file}: no such file`, { hint: await missingHint(file, path) });
    case 'EISDIR':
      return new ProfError('unreadable', `${file}: is a folder, not a file`, { hint: 'Name a file in it.' });
    case 'EACCES':
    case 'EPERM':
      return new ProfError('unreadable', `${file}: permission denied`, {
        hint: 'Make it readable for this user.',
      });
    default:
      return new ProfError('unreadable', `${file}: cannot be read: ${systemCode(error)}`, { cause: error });
  }
}

async function missingHint(file: string, path: string): Promise<string | undefined> {
  const siblings = await readdir(dirname(path)).catch(() => undefined);
  if (siblings === undefined) return `There is no folder ${dirname(file)}.`;
  const near = nearestWord(basename(file), siblings);
  return near === undefined ? 'Names are relative to the folder where prof runs.' : `Did you mean ${near}?`;
}
