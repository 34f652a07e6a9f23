import { type ChildProcess, spawn } from 'node:child_process';
import { ProfError, systemCode } from '../error.js';

/** A Node program to start; what it reads and prints is the user's, beside a channel of its own. */
export interface ChildProgram {
  /** Options of Node. */
  readonly nodeOptions: readonly string[];
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute path of its working folder. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program when it is aborted. */
  readonly signal: AbortSignal;
  /** Takes what the program writes to file descriptor 3, in pieces; none by default. */
  readonly onMessage?: (text: string) => void;
}

/** How a program ended. */
export type ChildEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals };

/** How long a program may take to stop before it is killed. */
const graceMillis = 3000;

/** Runs a program to its end, which comes soon when `signal` is aborted. */
export async function runChild(program: ChildProgram): Promise<ChildEnd> {
  program.signal.throwIfAborted();
  const child = spawn(process.execPath, [...program.nodeOptions, program.file, ...program.args], {
    cwd: program.cwd,
    env: program.env,
    stdio: ['inherit', 'inherit', 'inherit', program.onMessage === undefined ? 'ignore' : 'pipe'],
  });
  const stop = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), graceMillis).unref();
  };
  program.signal.addEventListener('abort', stop);
  try {
    return await endOf(child, program.onMessage);
  } finally {
    program.signal.removeEventListener('abort', stop);
  }
}

function endOf(child: ChildProcess, onMessage: ((text: string) => void) | undefined): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    const channel = child.stdio[3];
    if (onMessage !== undefined && channel != null && 'setEncoding' in channel) {
      channel.setEncoding('utf8').on('data', onMessage);
    }
    child.once('error', (error) => reject(startError(error)));
    // 'close' comes when the channel has been read to its end, but a grandchild may hold it open.
    child.once('exit', () => setTimeout(() => channel?.destroy(), 1000).unref());
    child.once('close', (status, signal) =>
      resolve(signal === null ? { kind: 'exited', status: status ?? 0 } : { kind: 'killed', signal }),
    );
  });
}

/** The error of a program that could not be started at all. */
export function startError(error: Error): ProfError {
  return new ProfError(
    'failed',
    `${process.execPath}: cannot be started (${systemCode(error) ?? error.message})`,
    {
      cause: error,
    },
  );
}
