import { existsSync, mkdirSync, readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { pathInTree, type RevisionTree } from './revision-tree.js';

/**
 * Lets a revision's tree use what is installed in the repository: for each `node_modules` from a
 * folder up to the repository's top, a folder of links to the packages in it. A package that is
 * part of the repository itself (a workspace) is the revision's own.
 *
 * @param from - absolute path of a folder in the repository
 */
export function linkModules(tree: Pick<RevisionTree, 'top' | 'folder'>, from: string): void {
  for (let folder = from; ; folder = dirname(folder)) {
    const target = pathInTree(tree, folder);
    if (target === undefined) return;
    const installed = join(folder, 'node_modules');
    if (isFolder(installed) && existsSync(target)) linkFolder(tree, installed, join(target, 'node_modules'));
  }
}

function linkFolder(tree: Pick<RevisionTree, 'top' | 'folder'>, from: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    if (!isFolder(path)) continue;
    if (name.startsWith('@')) linkFolder(tree, path, join(to, name));
    else symlinkSync(linkTarget(tree, path), join(to, name), 'junction');
  }
}

/** Where a package is to be found: in the tree if it is part of the repository, else where it is installed. */
function linkTarget(tree: Pick<RevisionTree, 'top' | 'folder'>, path: string): string {
  const real = realpathSync(path);
  if (real.split(sep).includes('node_modules')) return real;
  const inTree = pathInTree(tree, real);
  return inTree !== undefined && existsSync(inTree) ? inTree : real;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
