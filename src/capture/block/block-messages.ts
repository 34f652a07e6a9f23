import { MessagePort, parentPort, Worker } from 'node:worker_threads';
import type { CpuFrame } from '../cpu-record.js';
import { type BlockThread, nowMillis } from './block-thread.js';
import type { Patches } from './patch.js';
import { readStack } from './read-stack.js';

/** The method by which Node hands every event to a port, whichever way it is listened to. */
const dispatch = Symbol.for('nodejs.internal.kHybridDispatch');

/** A message that has been sent and not answered yet. */
interface Question {
  readonly sentMillis: number;
  readonly name: string;
  readonly stack: readonly CpuFrame[];
}

/** The call that sends a message. */
interface Asking {
  readonly name: string;
  /** The innermost function that is left out of its stack. */
  readonly above: (...args: never[]) => unknown;
}

/** Questions of one port that are remembered: one that nobody answers must not fill the memory. */
const maxQuestions = 1000;

/**
 * Records round trips: from `postMessage` on a worker or a port to the next message from there that no earlier one is
 * for. What is sent while a message of the same port is handed out, and what a worker sends to its parent, is an answer.
 */
export function watchMessages(thread: BlockThread, patches: Patches): void {
  const questions = new WeakMap<object, Question[]>();
  let answering: object | undefined;
  let asking: Asking | undefined;
  const ask = (port: object, { name, above }: Asking): void => {
    const open = questions.get(port) ?? [];
    questions.set(port, open);
    open.push({ sentMillis: nowMillis(), name, stack: readStack(above) });
    if (open.length > maxQuestions) open.shift();
  };
  patches.replace(Worker.prototype as unknown as Record<string, unknown>, 'postMessage', (post) => {
    return function posted(this: unknown, ...args) {
      asking = { name: 'Worker.postMessage', above: posted };
      try {
        return Reflect.apply(post, this, args);
      } finally {
        asking = undefined;
      }
    };
  });
  patches.replace(MessagePort.prototype as unknown as Record<string, unknown>, 'postMessage', (post) => {
    return function posted(this: object, ...args) {
      if (this !== parentPort && this !== answering)
        ask(this, asking ?? { name: 'MessagePort.postMessage', above: posted });
      return Reflect.apply(post, this, args);
    };
  });
  const dispatching = dispatchOwner();
  if (dispatching === undefined) return;
  patches.replace(dispatching, dispatch, (deliver) => {
    return function delivered(this: object, data, type, event) {
      const question = type === 'message' ? questions.get(this)?.shift() : undefined;
      if (question !== undefined) {
        const nanos = (nowMillis() - question.sentMillis) * 1e6;
        thread.recordLazily({ kind: 'message', name: question.name, nanos }, () => question.stack);
      }
      const before = answering;
      answering = this;
      try {
        return Reflect.apply(deliver, this, [data, type, event]);
      } finally {
        answering = before;
      }
    };
  });
}

/** The prototype that has the method for all ports. */
function dispatchOwner(): Record<symbol, unknown> | undefined {
  for (let owner: object | null = MessagePort.prototype; owner !== null; owner = Object.getPrototypeOf(owner))
    if (Object.hasOwn(owner, dispatch)) return owner as Record<symbol, unknown>;
  return undefined;
}
