import { randomUUID } from 'node:crypto';
import { chmodSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProfError, systemCode } from '../error.js';

/** How to write a file. */
export interface WriteOptions {
  /** How the user named it, for errors; its path by default. */
  readonly name?: string;
  /** What to do where it cannot be written: a full sentence. */
  readonly hint: string;
  /** Permissions of a new file, less what the umask takes away; 0o666 by default. */
  readonly mode?: number;
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there. A file that was
 * there before stays as it was when writing fails, and hands on its permissions when it does not.
 * Through a link the file behind it is written; a device such as /dev/null is written to, not replaced.
 * A signal such as Ctrl-C that comes meanwhile is dropped: the file is nearly there.
 *
 * @param path - absolute
 * @throws ProfError `unwritable`
 */
export function writeWhole(path: string, content: string | Uint8Array, options: WriteOptions): void {
  const release = holdSignals();
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (isDevice(there)) writeFileSync(path, content);
    else replaceFile(path, content, { old: there, mode: options.mode ?? 0o666 });
  } catch (error) {
    throw writeError(options.name ?? path, error, options.hint);
  } finally {
    release();
  }
}

function replaceFile(
  path: string,
  content: string | Uint8Array,
  { old, mode }: { readonly old: Stats | undefined; readonly mode: number },
): void {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content, { flush: true, mode });
    if (old !== undefined) chmodSync(temporary, old.mode); // what the umask took away
    renameSync(temporary, behindLinks(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Keeps signals from ending the process until what it returns is called. */
function holdSignals(): () => void {
  const hold = (): void => {};
  for (const name of signals) process.on(name, hold);
  return () => {
    for (const name of signals) process.off(name, hold);
  };
}

/** Whether there is something that is neither a file nor a folder. */
export function isDevice(stat: Stats | undefined): boolean {
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

/** A name beside a file, or beside the file behind a link, that no other call makes. */
export function temporaryName(path: string): string {
  return join(dirname(behindLinks(path)), `.prof-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
}

/** The path of the file itself; that of a link which leads nowhere stays as it is. */
function behindLinks(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'it is to be in a file, not in a folder',
  EISDIR: 'it is a folder',
};

/** The error of a file that cannot be written. */
export function writeError(name: string, error: unknown, hint: string): ProfError {
  const code = systemCode(error) ?? 'unknown error';
  return new ProfError('unwritable', `${name}: cannot be written: ${reasons[code] ?? code}`, {
    hint,
    cause: error,
  });
}
