import { delimiter } from 'node:path';
import { baseName } from '../graph/node-info.js';

/** Beginnings that say nothing about where a source is. */
const buildPrefixes = ['/proc/self/cwd/./', '/proc/self/cwd/'];

/**
 * A source path without its uninteresting beginning: one of `trimPath`, or, where that is empty,
 * everything up to a folder called as one of `sourcePath` is.
 *
 * @param trimPath - beginnings, separated as in PATH
 * @param sourcePath - folders, separated as in PATH
 */
export function trimSourcePath(path: string, trimPath: string, sourcePath: string): string {
  if (trimPath === '') {
    for (const folder of splitList(sourcePath)) {
      const wanted = `/${baseName(folder)}/`;
      const found = path.indexOf(wanted);
      if (found !== -1) return path.slice(found + wanted.length);
    }
  }
  for (const prefix of [...splitList(trimPath), ...buildPrefixes]) {
    const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
    if (path.startsWith(folder)) return path.slice(folder.length);
  }
  return path;
}

/** The parts of a list as in PATH; none for an empty text. */
export function splitList(list: string): string[] {
  return list === '' ? [] : list.split(delimiter);
}
