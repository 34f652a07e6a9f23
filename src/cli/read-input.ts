import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import { nearestWord } from '../text/nearest.js';
import type { Io } from './io.js';

/** What a command wants to read. */
export interface InputKind {
  /** What to do where the word names a folder. */
  readonly folderHint: string;
  /** What to do where there is no such file, and none with nearly that name. */
  readonly missingHint: string;
  /** Looks at the size, in bytes, before anything is read; throws where it is too large. */
  readonly checkSize?: (bytes: number) => void;
}

/**
 * The bytes of a file named on the command line; `-` is standard input.
 *
 * @throws ProfError `not-found`, or `unreadable` for a folder and for what may not be read
 */
export async function readInput(file: string, io: Io, kind: InputKind): Promise<Uint8Array> {
  if (file === '-') return io.readStdin();
  const path = resolve(io.cwd, file);
  try {
    kind.checkSize?.((await stat(path)).size);
    return await readFile(path);
  } catch (error) {
    throw await readError(error, { file, path, kind });
  }
}

interface Reading {
  readonly file: string;
  readonly path: string;
  readonly kind: InputKind;
}

async function readError(cause: unknown, { file, path, kind }: Reading): Promise<unknown> {
  const code = cause instanceof ProfError ? undefined : systemCode(cause);
  switch (code) {
    case undefined:
      return cause;
    case 'ENOENT':
    case 'ENOTDIR': {
      const hint = (await nearestHint(path)) ?? kind.missingHint;
      return new ProfError('not-found', `${file}: no such file`, { cause, hint });
    }
    case 'EISDIR':
      return new ProfError('unreadable', `${file}: is a folder, not a file`, {
        cause,
        hint: kind.folderHint,
      });
    case 'EACCES':
    case 'EPERM':
      return new ProfError('unreadable', `${file}: permission denied`, {
        cause,
        hint: 'Check who may read it.',
      });
    default:
      return new ProfError('unreadable', `${file}: cannot be read (${code})`, { cause });
  }
}

async function nearestHint(path: string): Promise<string | undefined> {
  const siblings = await readdir(dirname(path)).catch(() => undefined);
  if (siblings === undefined) return `There is no folder ${dirname(path)}.`;
  const near = nearestWord(basename(path), siblings);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}
