import { randomUUID } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProfError, systemCode } from '../error.js';

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
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new ProfError('unwritable', `${path}: is a folder`);
  try {
    accessSync(folder, constants.W_OK);
    const probe = temporaryName(path);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw writeError(path, error);
  }
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there. A file that was
 * there before stays as it was when writing fails.
 *
 * @throws ProfError `unwritable`
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeError(path, error);
  }
}

function temporaryName(path: string): string {
  return join(dirname(path), `.prof-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
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
