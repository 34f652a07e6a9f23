import { rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProfError } from '../error.js';
import { isDevice, temporaryName, writeError, writeWhole } from './write-whole.js';

/** A file to be written. */
export interface OutFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

const hint = 'Choose another folder for it.';

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
    throw writeError(path, error, hint);
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
      writeWhole(path, content, { hint });
      written.push(path);
    } catch (error) {
      first ??= error;
    }
  }
  return { written, error: first };
}
