import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { hookBuffers } from './buffer-hooks.js';
import { hookFiles } from './file-hooks.js';
import { hookMethod, type Touch, touch } from './touch.js';
import { isMarked, type ViewTools } from './view-hooks.js';

/** Makes what else of JavaScript and Node reads and writes views over shared memory tell of it. */
export function hookBuiltins(tools: ViewTools): void {
  hookBuffers(tools);
  hookObjects(tools);
  hookText(tools);
  hookFiles(tools);
  hookCrypto(tools);
  syncBuiltinESMExports();
}

function hookObjects(tools: ViewTools): void {
  const element =
    (kind: Touch) =>
    ([target, key]: readonly unknown[]): void => {
      if (isMarked(target) && typeof key !== 'symbol')
        tools.hooks.element(kind, target, { key: String(key), origin: 0 });
    };
  hookMethod(tools, Reflect, { name: 'get', before: element('read') });
  hookMethod(tools, Reflect, { name: 'set', before: element('write') });
  const whole = ([value]: readonly unknown[]): void => touch(tools, 'read', [value]);
  hookMethod(tools, Object, { name: 'values', before: whole });
  hookMethod(tools, Object, { name: 'entries', before: whole });
  hookMethod(tools, JSON, { name: 'stringify', before: whole });
}

function hookText(tools: ViewTools): void {
  hookMethod(tools, TextDecoder.prototype, {
    name: 'decode',
    before: ([view]) => touch(tools, 'read', [view]),
  });
  hookMethod(tools, TextEncoder.prototype, {
    name: 'encodeInto',
    after: ([, view], _, result) => touch(tools, 'write', [view, { count: written(result) }]),
  });
}

function written(result: unknown): number {
  return typeof result === 'object' && result !== null && 'written' in result ? Number(result.written) : 0;
}

function hookCrypto(tools: ViewTools): void {
  hookMethod(tools, crypto, {
    name: 'randomFillSync',
    before: ([view, offset, size]) =>
      touch(tools, 'write', [
        view,
        { from: Number(offset ?? 0), count: size === undefined ? undefined : Number(size) },
      ]),
  });
  for (const { prototype } of [crypto.Hash, crypto.Hmac]) {
    hookMethod(tools, prototype, { name: 'update', before: ([view]) => touch(tools, 'read', [view]) });
  }
  hookMethod(tools, crypto, {
    name: 'timingSafeEqual',
    before: (views) => {
      for (const view of views) touch(tools, 'read', [view]);
    },
  });
}
