import { spawn } from 'node:child_process';
import { ProfError } from '../error.js';
import type { GitPlace } from './git.js';

/**
 * Runs a line of shell commands to its end; what it prints goes to standard error.
 *
 * @throws ProfError `failed` where it ends with another status than 0
 */
export async function runShell(line: string, { cwd, signal }: GitPlace): Promise<void> {
  signal.throwIfAborted();
  const ownGroup = process.platform !== 'win32';
  const child = spawn(line, { cwd, shell: true, stdio: ['ignore', 2, 2], detached: ownGroup });
  const stop = (): void => {
    // The shell's children would outlive it.
    if (ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    else child.kill();
  };
  signal.addEventListener('abort', stop);
  try {
    const end = await new Promise<number | string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status, killer) => resolve(status ?? killer ?? 0));
    });
    if (end !== 0)
      throw new ProfError('failed', `${line}: ended with ${typeof end === 'number' ? 'status ' : ''}${end}`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
