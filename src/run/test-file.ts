import { fileURLToPath } from 'node:url';
import { type ChildEnd, runChild } from './child.js';
import { type ChildHooks, childEnv } from './child-env.js';
import { type TestEvent, TestEventReader } from './test-event.js';

/** A test file to run. */
export interface TestFile {
  /** Absolute path. */
  readonly file: string;
  /** Absolute path of the working folder. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Only tests whose name, or that of a test around them, matches; undefined for all. */
  readonly pattern: RegExp | undefined;
  /** What it is watched for. */
  readonly hooks: ChildHooks;
  /** Ends the process when it is aborted. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: TestEvent) => void;
}

/** Runs a file's tests in a process of its own, whose output is ours. */
export function runTestFile({
  file,
  cwd,
  env,
  pattern,
  hooks,
  signal,
  onEvent,
}: TestFile): Promise<ChildEnd> {
  const reader = new TestEventReader();
  const nodeOptions = [`--test-reporter=${new URL('./test-reporter.js', import.meta.url).href}`];
  if (pattern !== undefined) nodeOptions.push(`--test-name-pattern=/${pattern.source}/${pattern.flags}`);
  return runChild({
    nodeOptions,
    file: fileURLToPath(new URL('./test-main.js', import.meta.url)),
    args: [file],
    cwd,
    env: childEnv(env, hooks),
    signal,
    onMessage: (text) => reader.read(text).forEach(onEvent),
  });
}
