import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { ProfError } from '../error.js';
import { type GitPlace, git } from './git.js';

/** The files of a git revision in a folder of their own. */
export interface RevisionTree {
  /** The commit, as short as git writes it. */
  readonly commit: string;
  /** Absolute path of the repository's own top folder. */
  readonly top: string;
  /** Absolute path of the revision's top folder. */
  readonly folder: string;
  /** Takes the folder away; what is no longer there is no error. */
  remove(): Promise<void>;
}

/**
 * Checks a revision out into a temporary work tree. The repository's index, branches and files stay
 * as they are, and its hooks are not run.
 *
 * @param revision - anything that names a commit: `HEAD~1`, a branch, a tag
 * @throws ProfError `usage` for a word that names no commit, `failed` outside of a repository
 */
export async function openRevision(revision: string, place: GitPlace): Promise<RevisionTree> {
  const top = await topFolder(place);
  const commit = await commitOf(revision, place);
  const parent = await mkdtemp(join(await realpath(tmpdir()), 'prof-revision-'));
  const folder = join(parent, 'tree');
  // What is taken away must be so after Ctrl-C too, which has aborted `place.signal`.
  const remove = (): Promise<void> => removeTree(parent, folder, top);
  try {
    const noHooks = ['-c', 'core.hooksPath=/dev/null'];
    await git([...noHooks, 'worktree', 'add', '--detach', '--quiet', folder, commit], place);
  } catch (error) {
    await remove();
    throw error;
  }
  return { commit, top, folder, remove };
}

/** The path in a revision's tree that stands for one in the repository; undefined for one outside of it. */
export function pathInTree(
  { top, folder }: Pick<RevisionTree, 'top' | 'folder'>,
  path: string,
): string | undefined {
  const inside = relative(top, path);
  return inside.startsWith('..') || isAbsolute(inside) ? undefined : join(folder, inside);
}

async function topFolder(place: GitPlace): Promise<string> {
  return realpath(await git(['rev-parse', '--show-toplevel'], place));
}

async function commitOf(revision: string, place: GitPlace): Promise<string> {
  try {
    return await git(
      ['rev-parse', '--verify', '--quiet', '--short', '--end-of-options', `${revision}^{commit}`],
      place,
    );
  } catch (error) {
    place.signal.throwIfAborted();
    throw new ProfError('usage', `"${revision}" names no commit of this repository`, {
      hint: 'A revision is a commit, a branch or a tag, such as HEAD~1 or main.',
      cause: error,
    });
  }
}

/** Takes the folder away by hand, since git follows junctions on Windows, and has git forget it. */
async function removeTree(parent: string, folder: string, top: string): Promise<void> {
  await rm(parent, { recursive: true, force: true });
  const place = { cwd: top, signal: new AbortController().signal };
  // It may not be on git's list: it was never made, or somebody pruned the list.
  await git(['worktree', 'remove', '--force', folder], place).catch(() => undefined);
}
