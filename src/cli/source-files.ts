import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { systemCode } from '../error.js';
import type { ReadSource, SourceLines } from '../report/sources.js';
import { splitList, trimSourcePath } from '../report/trim-path.js';

/** Where sources are looked for. */
export interface SourcePlaces {
  /** Folders, separated as in PATH; each and all folders above it are tried. */
  readonly sourcePath: string;
  /** Beginnings to take off paths, separated as in PATH. */
  readonly trimPath: string;
  /** Absolute path of the folder that relative folders are looked up in. */
  readonly cwd: string;
}

/**
 * Finds sources by the paths in a profile: an absolute one must exist, a relative one is looked up in
 * the source path. Each file is read once.
 */
export function sourceReader({ sourcePath, trimPath, cwd }: SourcePlaces): ReadSource {
  const read = new Map<string, SourceLines>();
  return (path) => {
    const known = read.get(path);
    if (known !== undefined) return known;
    const lines = readSource(trimSourcePath(path, trimPath, sourcePath), { sourcePath, cwd });
    read.set(path, lines);
    return lines;
  };
}

function readSource(path: string, { sourcePath, cwd }: Omit<SourcePlaces, 'trimPath'>): SourceLines {
  if (isAbsolute(path)) {
    const bytes = readIfThere(path);
    return typeof bytes === 'string'
      ? { state: 'failed', problem: `open ${path}: ${bytes}` }
      : { state: 'read', lines: splitLines(bytes) };
  }
  for (const folder of splitList(sourcePath)) {
    for (let dir = folder; ; dir = dirname(dir)) {
      const bytes = readIfThere(resolve(cwd, join(dir, path)));
      if (typeof bytes !== 'string') return { state: 'read', lines: splitLines(bytes) };
      if (dirname(dir) === dir) break;
    }
  }
  return { state: 'failed', problem: `could not find file ${path} on path ${sourcePath}` };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  ENAMETOOLONG: 'file name too long',
  ELOOP: 'too many levels of symbolic links',
};

/** The bytes of a file; those of a folder are none; else why there are none, in the system's words. */
function readIfThere(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return code === 'EISDIR' ? Buffer.alloc(0) : (reasons[code] ?? code);
  }
}

/** Longest line, in bytes; pprof reads a file no further than to a longer one. */
const maxLine = 65_535;

function splitLines(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end - start > maxLine) break;
    lines.push(bytes.toString('utf8', start, bytes[end - 1] === 0x0d && end > start ? end - 1 : end));
    start = end + 1;
  }
  return lines;
}

/** The source path that reports use: the working folder unless another is asked for. */
export function sourcePathOr(sourcePath: string, cwd: string): string {
  return sourcePath === '' ? cwd : sourcePath;
}
