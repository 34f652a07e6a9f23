import { type ChildProcess, fork } from 'node:child_process';
import { type ChildHooks, childEnv } from './child-env.js';

/** A child process to run. */
export interface PassChild {
  /** The compiled module to run. */
  readonly script: URL;
  readonly args: readonly string[];
  /** Options of Node and V8. */
  readonly nodeOptions: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly hooks?: ChildHooks;
  readonly cwd: string;
  /** Milliseconds without a message until it is killed. */
  readonly timeoutMillis: number;
  /** Kills it when it is aborted. */
  readonly signal: AbortSignal;
  readonly onMessage: (message: unknown) => void;
}

/** How a child came to its end. */
export type PassEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not started'; readonly error: Error };

/**
 * Runs a module in a Node process of its own that loads TypeScript and talks to this one by
 * messages. What it prints goes to standard error: standard output is for results.
 */
export function runPass(options: PassChild): Promise<PassEnd> {
  if (options.signal.aborted) return Promise.resolve({ kind: 'aborted' });
  const child = fork(options.script, options.args, {
    execArgv: [...options.nodeOptions],
    env: childEnv(options.env, options.hooks),
    cwd: options.cwd,
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  });
  return new Promise((resolve) => watch(child, options, resolve));
}

function watch(child: ChildProcess, options: PassChild, resolve: (end: PassEnd) => void): void {
  let early: PassEnd | undefined;
  const stop = (end: PassEnd): void => {
    early ??= end;
    child.kill('SIGKILL');
  };
  const onTimeout = (): void => stop({ kind: 'timeout' });
  let timer = setTimeout(onTimeout, options.timeoutMillis);
  const onAbort = (): void => stop({ kind: 'aborted' });
  options.signal.addEventListener('abort', onAbort);
  const settle = (end: PassEnd): void => {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
    resolve(early ?? end);
  };
  child.on('message', (message) => {
    clearTimeout(timer);
    timer = setTimeout(onTimeout, options.timeoutMillis);
    options.onMessage(message);
  });
  child.on('error', (error) => settle({ kind: 'not started', error }));
  // 'close' comes when the last message has been read, which may be after the exit.
  child.on('close', (status, signal) => {
    settle(signal === null ? { kind: 'exited', status: status ?? 0 } : { kind: 'killed', signal });
  });
}
