import { runInContext } from 'node:vm';
import workerThreads, { type MessagePort } from 'node:worker_threads';
import type { Envelopes, KnownPorts } from './envelope.js';
import { replace } from './patch.js';

/** What the messages of ports in other contexts go through. */
interface MovedPortTools {
  readonly envelopes: Envelopes;
  readonly ports: KnownPorts;
}

/** Where Node looks for a method that is handed every event of a port, before it calls `onmessage`. */
const dispatch = Symbol.for('nodejs.internal.kHybridDispatch');
/** Where Node leaves the ports of the message that it hands to that method. */
const receiving = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts');

/** The event as Node makes it, of the context's own objects. */
const eventText = `(class MessageEvent {
  constructor(data, target, type, ports) {
    this.data = data;
    this.target = target;
    this.type = type;
    this.ports = ports;
  }
})`;

type MakeEvent = new (data: unknown, target: object, type: string, ports: unknown) => object;

/** A port in another context: a plain object there, no EventTarget. */
interface MovedPort {
  readonly onmessage?: unknown;
  readonly onmessageerror?: unknown;
  [receiving]?: unknown;
}

/**
 * Keeps known ports known that `moveMessagePortToContext` puts into another context. A port there has another
 * prototype, whose `postMessage` and whose way to listeners are other ones.
 */
export function watchMovedPorts({ envelopes, ports }: MovedPortTools): void {
  const watched = new WeakSet<object>();
  replace(workerThreads, 'moveMessagePortToContext', (original) => (...args) => {
    const [port, context] = args;
    const isKnown = ports.has(port);
    const moved = original(...args) as MessagePort; // says Node; it has thrown where an argument is wrong
    if (!isKnown) return moved;
    ports.add(moved);
    const prototype: object = Object.getPrototypeOf(moved);
    if (!watched.has(prototype)) watchPrototype(prototype, context as object, envelopes);
    watched.add(prototype);
    return moved;
  });
}

function watchPrototype(prototype: object, context: object, envelopes: Envelopes): void {
  const MessageEvent: MakeEvent = runInContext(eventText, context);
  replace(
    prototype,
    'postMessage',
    (original) =>
      function postMessage(this: unknown, ...args: readonly unknown[]): unknown {
        return Reflect.apply(original, this, envelopes.wrapArguments(this, args));
      },
  );
  Object.defineProperty(prototype, dispatch, {
    configurable: true,
    writable: true,
    value(this: MovedPort, data: unknown, type: string): void {
      const received = this[receiving];
      delete this[receiving];
      const name = type === 'message' ? 'onmessage' : 'onmessageerror';
      const given = type === 'message' ? envelopes.unwrap(data) : data;
      const event = new MessageEvent(given, this, type, received ?? []);
      const listener = this[name];
      if (typeof listener === 'function') Reflect.apply(listener, this, [event]);
    },
  });
}
