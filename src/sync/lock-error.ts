import { ProfError } from '../error.js';

/** A primitive that was used in a way that cannot be right. */
export function misuse(message: string, hint: string): ProfError {
  return new ProfError('usage', message, { hint });
}

/**
 * A thread ended while it held a lock.
 *
 * @param what - such as `mutex`
 * @param thread - Node's number of the thread, or undefined where it did not come to say
 */
export function abandoned(what: string, thread: number | undefined): ProfError {
  const who = thread === undefined ? 'a worker' : `worker ${thread}`;
  return new ProfError('failed', `${what}: ${who} ended while it held the lock`, {
    hint: 'What it guards may be half-changed. Unlock in a `finally`, and let a worker end by itself instead of by terminate().',
  });
}

/** A thread would wait for itself, for ever. */
export function deadlock(what: string): ProfError {
  return misuse(
    `${what}: this thread holds the lock and would wait for itself`,
    'Unlock it first; where async functions of one thread share a lock, use the async form.',
  );
}
