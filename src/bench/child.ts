// The main module of a child process: does one job and sends what came of it.
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isProfError } from '../error.js';
import type { ChildMessage, Job, Outcome } from './job.js';
import { withRaces } from './race-pass.js';
import { runJob } from './run-job.js';

const job = JSON.parse(process.argv[2] ?? '{}') as Job; // written by the parent

/** Sends to the parent; resolves when the message has left this process. */
function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}

/** Where an error in the user's code was thrown: the first frame outside of Node and of this program. */
function placeOf(error: Error): string | undefined {
  const own = new URL('../', import.meta.url).href;
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const users = lines.filter((line) => !/node:|node_modules[\\/]tinybench/.test(line) && !line.includes(own));
  return users[0]?.trim().replace(/file:\/\/[^\s)]+?(?=:\d+:\d+\)?$)/, (url) => fileURLToPath(url));
}

let current: readonly string[] = [];

function never(): Promise<never> {
  return new Promise(() => {});
}

let isFailing = false;

/** Tells of the first error, and ends. */
async function fail(error: unknown): Promise<never> {
  if (isFailing) return never();
  isFailing = true;
  await send(withRaces(failureOf(error)));
  process.exit(1);
}

function failureOf(error: unknown): Outcome {
  if (isProfError(error)) {
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { kind: 'failed', path: current, message: error.message, ...hint };
  }
  const thrown = error instanceof Error ? error : new Error(String(error));
  const place = placeOf(thrown);
  const hint = place === undefined ? {} : { hint: place };
  return { kind: 'failed', path: current, message: `threw ${thrown.name}: ${thrown.message}`, ...hint };
}

/**
 * Lets what the benchmark has left behind come to its end: a rejected promise that nobody awaits, or a timer that throws, is an
 * error of its own. Never resolves where there was one.
 */
async function lateErrors(): Promise<void> {
  await sleep(1); // behind timers that are due by now
  await turn();
  if (isFailing) await never();
}

process.on('disconnect', () => process.exit(1));
// Listening must not keep alive a child whose benchmark waits for nothing.
process.channel?.unref();
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));

// From a task of its own: inside this module's evaluation the loader would stand on every stack.
setImmediate(async () => {
  try {
    await runJob(job, async (message) => {
      if (message.kind === 'begin') current = message.path;
      else await lateErrors();
      await send(message);
    });
    process.exit(0);
  } catch (error) {
    await fail(error);
  }
});
