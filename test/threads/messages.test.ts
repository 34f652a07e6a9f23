import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Envelopes, KnownPorts } from '../../src/threads/envelope.js';
import { watchMessages } from '../../src/threads/messages.js';
import type { Order } from '../../src/threads/order.js';

test('watchMessages: what comes as an event is behind all that was done before', async () => {
  let heard = 0;
  const order: Order = {
    send: () => new Int32Array(1),
    receive: () => {},
    receiveAll: () => void heard++,
    enter: () => {},
    leave: () => {},
    hasBuffers: () => false,
    numberOf: () => 0,
    adopt: () => {},
    noteView: () => {},
  };
  const ports = new KnownPorts();
  watchMessages({ order, envelopes: new Envelopes(order, ports), ports });
  const { port1 } = new MessageChannel();
  // As Node hands over what it could not read: no program can send such a thing on purpose on all versions.
  const dispatch = (port: MessagePort, data: unknown, type: string): void =>
    Reflect.get(port, Symbol.for('nodejs.internal.kHybridDispatch')).call(port, data, type);
  const errors: unknown[] = [];
  port1.on('messageerror', (error) => errors.push(error));
  dispatch(port1, new TypeError('cannot be read'), 'messageerror');
  assert.deepEqual([heard, errors.length], [1, 1]);
  port1.close();
});
