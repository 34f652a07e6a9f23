import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** How `prof run` ended, and what it and the program printed. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Called with each whole line that the program prints on standard output. */
  readonly onLine?: (line: string, run: Running) => void;
}

/** What can be done to it meanwhile. */
export interface Running {
  /** Sends a signal to prof alone. */
  kill(signal: NodeJS.Signals): void;
  /** Sends a signal to prof, the program and its children at once, as a terminal does. */
  killGroup(signal: NodeJS.Signals): void;
}

/** Runs `prof run` of this clone in a process group of its own. */
export function runProfRun(words: readonly string[], options: RunOptions): Promise<Ended> {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = { ...process.env, ...options.env };
  const child = spawn(process.execPath, [join(root, 'bin/prof.js'), 'run', ...words], {
    cwd: options.cwd,
    env,
    detached: true,
  });
  const running: Running = {
    kill: (signal) => void child.kill(signal),
    killGroup: (signal) => void process.kill(-(child.pid ?? 0), signal),
  };
  if (options.input !== undefined) child.stdin.end(options.input);
  const text = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text.stderr += piece;
  });
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    const before = text.stdout.split('\n').length - 1;
    text.stdout += piece;
    const lines = text.stdout.split('\n');
    for (const line of lines.slice(before, -1)) options.onLine?.(line, running);
  });
  return new Promise((resolve) =>
    child.once('close', (status, signal) => resolve({ status, signal, ...text })),
  );
}
