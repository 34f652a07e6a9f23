import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { tempFolder } from '../temp-folder.js';

type Files = Readonly<Record<string, string>>;

/**
 * A git repository with a commit for each set of files, each on top of the one before.
 *
 * @returns its absolute path
 */
export function repository(t: TestContext, ...commits: readonly Files[]): string {
  const folder = tempFolder(t);
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
  };
  git('init', '--quiet');
  for (const files of commits) {
    writeAll(folder, files);
    git('add', '--all');
    git('commit', '--quiet', '--message=x');
  }
  return folder;
}

/** Writes files below a folder. */
export function writeAll(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
