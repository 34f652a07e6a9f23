import { existsSync, readlinkSync } from 'node:fs';
import { threadId } from 'node:worker_threads';

/** How a thread is known in the memory of a lock. */
export interface ThreadIdentity {
  readonly token: number;
  isGone(token: number): boolean;
}

let own: ThreadIdentity | undefined;

/**
 * A number that stands for this thread in the memory of a lock, the same at every call: 1 to 2^28.
 *
 * On Linux it is the system's own number of the thread, so that any other thread can ask the system whether it
 * still lives, also one that is blocked; elsewhere Node's number plus one.
 */
export function threadToken(): number {
  own ??= identify();
  return own.token;
}

/**
 * Whether the thread that a token stands for has ended. Costs a system call.
 *
 * @returns false where the system does not tell
 */
export function isGone(token: number): boolean {
  own ??= identify();
  return own.isGone(token);
}

/** Has this thread act as `identity` from now on, for checks that play several threads in one; undefined ends that. */
export function actAs(identity: ThreadIdentity | undefined): void {
  own = identity;
}

function identify(): ThreadIdentity {
  const token = systemThread();
  if (token === undefined) return { token: threadId + 1, isGone: () => false };
  return { token, isGone: (other) => !existsSync(taskPath(other)) };
}

/** The number of this thread in the process's own list of threads, or undefined where there is no such list. */
function systemThread(): number | undefined {
  try {
    const [, token] = /^\d+\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self')) ?? [];
    return token !== undefined && existsSync(taskPath(Number(token))) ? Number(token) : undefined;
  } catch {
    return undefined; // no Linux, no /proc, or no permission to look
  }
}

function taskPath(token: number): string {
  return `/proc/self/task/${token}`;
}
