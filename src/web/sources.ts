import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { ReadSource, SourceLines } from '../report/sources.js';
import { splitList, trimSourcePath } from '../report/trim-path.js';

/** Which files may be shown, and where they are looked for. */
export interface GuardedPlaces {
  /** Absolute paths of folders; nothing outside them is read. */
  readonly roots: readonly string[];
  /** Folders to look in, separated as in PATH; each and all folders above it are tried. */
  readonly sourcePath: string;
  /** Beginnings to take off paths, separated as in PATH. */
  readonly trimPath: string;
  /** Absolute path of the folder that relative folders are looked up in. */
  readonly cwd: string;
}

/** Sources larger than this are not shown. */
const maxBytes = 8 << 20;

/**
 * Finds sources by the paths in a profile, as reports do, but only in certain folders: whoever wrote the profile chose
 * its paths. It is the place of the file itself that counts, not that of a link to it. Each file is read once.
 */
export function guardedSources(places: GuardedPlaces): ReadSource {
  const roots = places.roots.flatMap((root) => real(root) ?? []);
  const read = new Map<string, SourceLines>();
  return (path) => {
    const known = read.get(path) ?? readGuarded(path, roots, places);
    read.set(path, known);
    return known;
  };
}

function readGuarded(path: string, roots: readonly string[], places: GuardedPlaces): SourceLines {
  const trimmed = trimSourcePath(path, places.trimPath, places.sourcePath);
  // A working folder that is called as some folder of the path is takes off too much.
  const tried = [...candidates(trimmed, places), ...candidates(path, places)];
  const found = tried.flatMap((candidate) => real(candidate) ?? []);
  const inside = found.find((file) => roots.some((root) => isInside(file, root)));
  if (inside !== undefined) return readFile(inside);
  if (found.length === 0) return { state: 'failed', problem: `there is no file ${trimmed}` };
  const problem = `${trimmed} is outside the folders that sources are shown from: name its folder with --source-path`;
  return { state: 'failed', problem };
}

function candidates(path: string, { sourcePath, cwd }: GuardedPlaces): string[] {
  if (path === '' || path.includes('\0')) return [];
  if (isAbsolute(path)) return [path];
  return splitList(sourcePath).flatMap((folder) =>
    [...upwards(resolve(cwd, folder))].map((dir) => join(dir, path)),
  );
}

function* upwards(folder: string): Generator<string, void, undefined> {
  for (let dir = folder; ; dir = dirname(dir)) {
    yield dir;
    if (dirname(dir) === dir) return;
  }
}

/** The path of the file itself, behind all links; undefined where there is none. */
function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isInside(file: string, root: string): boolean {
  const way = relative(root, file);
  return way !== '' && !/^\.\.([/\\]|$)/.test(way) && !isAbsolute(way);
}

function readFile(file: string): SourceLines {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return { state: 'failed', problem: `${file} is no file` };
    if (stat.size > maxBytes) return { state: 'failed', problem: `${file} is too large to show` };
    return { state: 'read', lines: readFileSync(file, 'utf8').split(/\r?\n/) };
  } catch {
    return { state: 'failed', problem: `${file} cannot be read` };
  }
}
