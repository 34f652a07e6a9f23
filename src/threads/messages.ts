import workerThreads, { BroadcastChannel, MessageChannel, MessagePort } from 'node:worker_threads';
import type { Envelopes, KnownPorts } from './envelope.js';
import { watchMovedPorts } from './moved-ports.js';
import type { Order } from './order.js';
import { replace } from './patch.js';

/** What the ways of messages are watched with. */
export interface MessageTools {
  readonly order: Order;
  readonly envelopes: Envelopes;
  readonly ports: KnownPorts;
}

/** The method by which Node hands every event to a port, whichever way it is listened to. */
const dispatch = Symbol.for('nodejs.internal.kHybridDispatch');

/** Makes messages carry the order between threads: between ports that programs made, and on broadcast channels. */
export function watchMessages(tools: MessageTools): void {
  const { envelopes, ports } = tools;
  replace(
    MessagePort.prototype,
    'postMessage',
    (original) =>
      function postMessage(this: unknown, ...args: readonly unknown[]): unknown {
        return Reflect.apply(original, this, envelopes.wrapArguments(this, args));
      },
  );
  replace(
    BroadcastChannel.prototype,
    'postMessage',
    (original) =>
      function postMessage(this: unknown, ...args: readonly unknown[]): unknown {
        return Reflect.apply(original, this, args.length === 0 ? args : [envelopes.wrap(args[0])]);
      },
  );
  replace(
    workerThreads,
    'receiveMessageOnPort',
    (original) =>
      function receiveMessageOnPort(...args: readonly unknown[]): unknown {
        const received = original(...args);
        if (typeof received !== 'object' || received === null || !('message' in received)) return received;
        return { message: envelopes.unwrap(received.message) };
      },
  );
  replace(
    workerThreads,
    'postMessageToThread',
    (original) =>
      (id, value, ...rest) =>
        original(id, envelopes.wrap(value, rest[0]), ...rest),
  );
  watchThreadMessages(envelopes);
  watchDispatch(tools);
  watchChannels(ports);
  watchMovedPorts({ envelopes, ports });
}

/** Messages of `postMessageToThread` come as an event of `process`. */
function watchThreadMessages(envelopes: Envelopes): void {
  replace(
    process,
    'emit',
    (original) =>
      function emit(this: unknown, event: unknown, ...args: readonly unknown[]): unknown {
        const given = event === 'workerMessage' ? [envelopes.unwrap(args[0]), ...args.slice(1)] : args;
        return Reflect.apply(original, this, [event, ...given]);
      },
  );
}

function watchDispatch({ envelopes, ports, order }: MessageTools): void {
  const inherited = Object.getPrototypeOf(MessagePort.prototype);
  const original: (data: unknown, type: string, event: unknown) => unknown = inherited[dispatch];
  Object.defineProperty(MessagePort.prototype, dispatch, {
    configurable: true,
    writable: true,
    value(this: unknown, data: unknown, type: string, event: unknown): unknown {
      // Nobody says what the other end did before it closed, or sent what cannot be read here.
      if ((type === 'close' && ports.has(this)) || type === 'messageerror') order.receiveAll();
      return Reflect.apply(original, this, [type === 'message' ? envelopes.unwrap(data) : data, type, event]);
    },
  });
}

/** Both ends of a channel that the program makes are known. */
function watchChannels(ports: KnownPorts): void {
  const watched = new Proxy(MessageChannel, {
    construct(target, args, newTarget): MessageChannel {
      const channel = Reflect.construct(target, args, newTarget);
      ports.add(channel.port1);
      ports.add(channel.port2);
      return channel;
    },
  });
  Object.defineProperty(MessageChannel.prototype, 'constructor', {
    value: watched,
    writable: true,
    configurable: true,
  });
  workerThreads.MessageChannel = watched;
  globalThis.MessageChannel = watched;
}
