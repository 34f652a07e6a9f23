import type { MessagePort } from 'node:worker_threads';
import type { Order } from './order.js';
import { type SharedParts, sharedParts } from './payload.js';

const mark = '$prof-toolkit/envelope';

/** A message with what its receiver is to know. Structured clone keeps which object is which within it. */
interface Envelope {
  readonly [mark]: Int32Array;
  /** The message. */
  readonly value: unknown;
  readonly shared: NumberedParts | undefined;
  /** Ports that go along, whose messages are put into envelopes as well. */
  readonly ports: readonly MessagePort[];
}

/** Shared memory of a message, with the numbers of the buffers. */
export interface NumberedParts extends SharedParts {
  readonly numbers: readonly number[];
}

/** Ports at whose other end envelopes are opened. */
export class KnownPorts {
  readonly #ports = new WeakSet<object>();

  add(port: object): void {
    this.#ports.add(port);
  }

  has(port: unknown): boolean {
    return typeof port === 'object' && port !== null && this.#ports.has(port);
  }
}

/** Puts messages into envelopes and takes them out. */
export class Envelopes {
  readonly #order: Order;
  readonly #ports: KnownPorts;

  constructor(order: Order, ports: KnownPorts) {
    this.#order = order;
    this.#ports = ports;
  }

  /** @param transfer - the second argument of `postMessage` */
  wrap(value: unknown, transfer?: unknown): Envelope {
    const shared = this.#order.hasBuffers() ? this.number(sharedParts(value)) : undefined;
    const ports = transferred(transfer, this.#ports);
    return { [mark]: this.#order.send(), value, shared, ports };
  }

  /** The arguments of `port.postMessage`: the message of a known port is put into an envelope. */
  wrapArguments(port: unknown, args: readonly unknown[]): readonly unknown[] {
    const isKnown = this.#ports.has(port) && args.length > 0;
    return isKnown ? [this.wrap(args[0], args[1]), ...args.slice(1)] : args;
  }

  /** The message, and what came with it is made known; a message without envelope as it is. */
  unwrap(message: unknown): unknown {
    if (!isEnvelope(message)) return message;
    this.#order.receive(message[mark]);
    for (const port of message.ports) this.#ports.add(port);
    if (message.shared !== undefined) this.adopt(message.shared);
    return message.value;
  }

  number(parts: SharedParts): NumberedParts | undefined {
    if (parts.buffers.length === 0) return undefined;
    return { ...parts, numbers: parts.buffers.map((buffer) => this.#order.numberOf(buffer)) };
  }

  adopt({ buffers, numbers, views }: NumberedParts): void {
    for (const [index, buffer] of buffers.entries()) this.#order.adopt(buffer, numbers[index] ?? 0);
    for (const view of views) this.#order.noteView(view);
  }
}

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && Object.hasOwn(message, mark);
}

/** The known ports of a transfer list, in either of the forms that `postMessage` takes. */
export function transferred(transfer: unknown, ports: KnownPorts): readonly MessagePort[] {
  const list =
    typeof transfer === 'object' && transfer !== null && !Array.isArray(transfer) && 'transfer' in transfer
      ? transfer.transfer
      : transfer;
  return Array.isArray(list) ? list.filter((item): item is MessagePort => ports.has(item)) : [];
}
