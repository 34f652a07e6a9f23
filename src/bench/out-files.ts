import { randomUUID } from 'node:crypto';
import { realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProfError, systemCode } from '../error.js';

/** A file to be written. */
export interface OutFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Makes sure that a file can be written, before anything is measured for it.
 *
 * @param path - absolute
 * @throws ProfError `unwritable`
 */
export function checkWritable(path: string): void {
  const folder = dirname(path);
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new ProfError('unwritable', `${path}: no such folder`, {
      hint: `Make it first: mkdir -p ${folder}`,
    });
  }
  if (!stat.isDirectory()) throw new ProfError('unwritable', `${path}: ${folder} is not a folder`);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new ProfError('unwritable', `${path}: is a folder`);
  if (isDevice(there)) return;
  const probe = temporaryName(path);
  try {
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    rmSync(probe, { force: true });
    throw writeError(path, error);
  }
}

/**
 * Writes each file whole or not at all; where one cannot be written, the others are.
 *
 * @returns the paths of those that were written, and the first error
 */
export function writeFiles(files: readonly OutFile[]): {
  readonly written: readonly string[];
  readonly error: unknown;
} {
  const written: string[] = [];
  let first: unknown;
  for (const { path, content } of files) {
    try {
      writeWhole(path, content);
      written.push(path);
    } catch (error) {
      first ??= error;
    }
  }
  return { written, error: first };
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there. A file that was
 * there before stays as it was when writing fails. Through a link the file behind it is written; a
 * device such as /dev/null is written to, not replaced.
 *
 * @throws ProfError `unwritable`
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const there = statSync(path, { throwIfNoEntry: false });
  const temporary = temporaryName(path);
  try {
    if (isDevice(there)) writeFileSync(path, content);
    else {
      writeFileSync(temporary, content, { flush: true });
      renameSync(temporary, behindLinks(path));
    }
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeError(path, error);
  }
}

function isDevice(stat: Stats | undefined): boolean {
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

/** The path of the file itself; that of a link which leads nowhere stays as it is. */
function behindLinks(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path);
}

function temporaryName(path: string): string {
  return join(dirname(behindLinks(path)), `.prof-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

function writeError(path: string, error: unknown): ProfError {
  const code = systemCode(error) ?? 'unknown error';
  return new ProfError('unwritable', `${path}: cannot be written: ${reasons[code] ?? code}`, {
    hint: 'Choose another folder with `--out-dir DIR`.',
    cause: error,
  });
}
