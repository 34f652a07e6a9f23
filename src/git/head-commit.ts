import { type GitPlace, git } from './git.js';

/** The commit that a working tree stands on. */
export interface HeadCommit {
  /** Its short name, with a `+` behind it where a file of the tree has been changed since. */
  readonly commit: string;
  /** When it was made, in ms since 1970. */
  readonly time: number;
}

/**
 * The commit that a folder's working tree stands on.
 *
 * @throws ProfError `failed` outside of a repository, and in one without a commit
 */
export async function headCommit(place: GitPlace): Promise<HeadCommit> {
  const [commit = '', seconds] = (await git(['log', '-1', '--format=%h %ct'], place)).split(' ');
  const changed = await git(['status', '--porcelain', '--untracked-files=no'], place);
  return { commit: changed === '' ? commit : `${commit}+`, time: Number(seconds) * 1000 };
}
