import { execFile } from 'node:child_process';
import { ProfError, systemCode } from '../error.js';

/** Where a git command runs. */
export interface GitPlace {
  /** Absolute path of a folder in the working tree. */
  readonly cwd: string;
  /** Ends the command when it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * What a git command prints, without the last line end.
 *
 * @param args - as behind `git`; no word that a user typed may stand where git would take it for an option
 * @throws ProfError `failed` with git's own last words, or where there is no git
 */
export function git(args: readonly string[], { cwd, signal }: GitPlace): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd, signal, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.replace(/\r?\n$/, ''));
      else reject(gitError(error, stderr));
    });
  });
}

function gitError(error: Error, stderr: string): ProfError {
  if (systemCode(error) === 'ENOENT') {
    return new ProfError('failed', 'git: not found', {
      hint: 'Comparing with a revision needs git.',
      cause: error,
    });
  }
  const words = stderr
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^(fatal|error): /, '');
  return new ProfError('failed', `git: ${words || error.message}`, { cause: error });
}
