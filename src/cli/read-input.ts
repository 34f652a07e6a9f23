import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isProfError, ProfError, systemCode } from '../error.js';
import type { Io } from './io.js';

/** What a command wants to read. */
export interface InputKind {
  /** What to do where the word names a folder. */
  readonly folderHint: string;
  /** What to do where there is no such file, and none with nearly that name. */
  readonly missingHint: string;
  /**
   * Looks at the size, in bytes, before a file is read, and as a stream is read; throws where it is
   * too large.
   */
  readonly checkSize?: (bytes: number) => void;
}

/**
 * The bytes of a file named on the command line; `-` is standard input.
 *
 * @throws ProfError `not-found`, or `unreadable` for a folder and for what may not be read
 */
export async function readInput(file: string, io: Io, kind: InputKind): Promise<Uint8Array> {
  if (file === '-') return io.readStdin(kind.checkSize);
  const path = resolve(io.cwd, file);
  try {
    return readPath(path, kind);
  } catch (error) {
    throw await readError(error, { file, path, kind });
  }
}

/** Takes the next piece of a file; its bytes may be overwritten afterwards. */
export type OnPiece = (piece: Uint8Array) => void;

/**
 * Reads a file named on the command line piece by piece, so that it does not have to fit into memory; `-` is standard
 * input.
 *
 * @throws ProfError `not-found`, or `unreadable` for a folder and for what may not be read
 */
export async function readPieces(file: string, io: Io, kind: InputKind, onPiece: OnPiece): Promise<void> {
  if (file === '-') {
    for await (const piece of io.stdinPieces()) onPiece(piece);
    return;
  }
  const path = resolve(io.cwd, file);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const buffer = Buffer.allocUnsafe(pieceSize);
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      onPiece(buffer.subarray(0, size));
    }
  } catch (error) {
    throw await readError(error, { file, path, kind });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const pieceSize = 1 << 18;

/** Note: node:fs/promises takes as long to load as a small profile to read, and nothing else waits here. */
function readPath(path: string, { checkSize }: InputKind): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return readStream(descriptor, checkSize);
    checkSize?.(stat.size);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A pipe or a device, which may never end. */
function readStream(descriptor: number, checkSize: InputKind['checkSize']): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let size = 0; ; ) {
    const piece = Buffer.allocUnsafe(1 << 16);
    const count = readSync(descriptor, piece);
    if (count === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, count));
    size += count;
    checkSize?.(size);
  }
}

interface Reading {
  readonly file: string;
  readonly path: string;
  readonly kind: InputKind;
}

async function readError(cause: unknown, { file, path, kind }: Reading): Promise<unknown> {
  const code = isProfError(cause) ? undefined : systemCode(cause);
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
  const siblings = namesIn(dirname(path));
  if (siblings === undefined) return `There is no folder ${dirname(path)}.`;
  const { nearestWord } = await import('../text/nearest.js');
  const near = nearestWord(basename(path), siblings);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
