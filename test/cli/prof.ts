import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** How a call of `prof` ended. */
export interface ProfResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what `prof` is called. */
export interface ProfSetting {
  /** Working folder; the project's by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

/** Calls the real command in a child process, without a terminal. */
export function prof(
  args: readonly string[],
  { cwd = root, env = {}, input = '' }: ProfSetting = {},
): ProfResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/prof.js'), ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '', ...env },
  });
  return { status, stdout, stderr };
}
