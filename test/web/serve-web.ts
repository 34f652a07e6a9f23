import assert from 'node:assert/strict';
import { runProf } from '../run-child.js';

/** How `prof web` is started. */
export interface ServeWebOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts `prof web`, talks to it, and interrupts it.
 *
 * @returns what it said on standard error
 */
export async function serveWeb(
  args: readonly string[],
  talk: (origin: string) => Promise<void>,
  options: ServeWebOptions = {},
): Promise<string> {
  let talking: Promise<void> | undefined;
  const { status, stdout, stderr } = await runProf(['web', ...args], {
    ...options,
    env: { ...process.env, ...options.env },
    onOutput: (text, kill) => {
      const origin = /^(http:\/\/\S+)\/$/m.exec(text)?.[1];
      if (origin !== undefined) talking ??= talk(origin).finally(() => kill('SIGINT'));
    },
  });
  assert.ok(talking !== undefined, stderr);
  await talking;
  assert.match(stdout, /^http:\/\/\S+:\d+\/\n$/);
  assert.equal(status, 130);
  return stderr;
}
