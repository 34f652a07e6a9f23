import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildHooks } from '../../src/run/child-env.js';

/** The folder of the project. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

const { childEnv } = (await import(
  join(root, 'dist/run/child-env.js')
)) as typeof import('../../src/run/child-env.js');

/** How a program has ended, and what it has printed to both outputs. */
export interface Ended {
  readonly status: number | null;
  readonly text: string;
}

/** Runs a program with the detector. */
export function runWatched(
  file: string,
  args: readonly string[] = [],
  hooks: ChildHooks = { race: true },
): Promise<Ended> {
  return run([file, ...args], childEnv(process.env, hooks));
}

const delays = join(root, 'scripts/litmus/delays.cjs');

/** Runs a program with the detector, its threads delayed at random. */
export function runDelayed(file: string, seed: number): Promise<Ended> {
  const env = childEnv(process.env, { race: true });
  const options = `${env['NODE_OPTIONS']} --require "${delays}"`;
  return run([file], { ...env, NODE_OPTIONS: options, LITMUS_DELAYS: String(seed) });
}

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, words, { env, timeout: 60_000 });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => (text += part));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, text })));
}
