import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildHooks } from '../src/run/child-env.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What a program left behind. */
export interface Finished {
  /** Exit status; null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What is done in the child beside loading TypeScript. */
  readonly hooks?: ChildHooks;
  /** All of standard input; without it, standard input stays open. */
  readonly input?: string;
  /** Called with all that came on standard output and error so far, and a way to send a signal. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the `prof` of this clone. */
export function runProf(args: readonly string[], options: ChildOptions = {}): Promise<Finished> {
  return run([join(root, 'bin/prof.js'), ...args], { env: process.env, ...options });
}

/** Runs a Node program in the way prof runs its children. */
export async function runNode(args: readonly string[], options: ChildOptions = {}): Promise<Finished> {
  const url = new URL('../dist/run/child-env.js', import.meta.url).href;
  const { childEnv }: typeof import('../src/run/child-env.js') = await import(url);
  return run(args, { ...options, env: childEnv({ ...process.env, ...options.env }, options.hooks) });
}

function run(args: readonly string[], { cwd, env, input, onOutput }: ChildOptions): Promise<Finished> {
  const { NODE_TEST_CONTEXT: _, ...clean } = env ?? {};
  const child = spawn(process.execPath, args, { cwd, env: clean });
  if (input !== undefined) child.stdin.end(input);
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (piece: string) => {
      text[name] += piece;
      onOutput?.(text.stdout + text.stderr, (signal) => child.kill(signal));
    });
  }
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...text })));
}
