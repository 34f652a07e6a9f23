import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { AnyFunction } from './atomic-hooks.js';
import type { MarkedView } from './view.js';
import { isMarked, type ViewTools } from './view-hooks.js';

const { apply } = Reflect;

/** Makes what else of JavaScript and Node reads and writes views over shared memory tell of it. */
export function hookBuiltins(tools: ViewTools): void {
  hookBuffer(tools);
  hookReflect(tools);
  hookText(tools);
  hookFiles(tools);
  hookRandom(tools);
  syncBuiltinESMExports();
}

type Access = 'read' | 'write';

/** Notes an access to some elements of a view, or to all. */
function touch(
  { hooks }: ViewTools,
  kind: Access,
  view: unknown,
  { from = 0, count }: { from?: number | undefined; count?: number | undefined } = {},
): void {
  if (!isMarked(view)) return;
  const length = view.length ?? view.byteLength;
  const start = Math.max(0, Math.min(length, from));
  const end = Math.min(length, start + (count ?? length));
  if (view.$prof.name === 'DataView') {
    for (let at = start; at < end; at++) hooks.bytes(kind, view, { at, size: 1, site: 0 });
  } else hooks.range(kind, view, { from: start, end });
}

/** Calls `note` with `this` and the arguments before the original. */
function before(
  { replace }: ViewTools,
  owner: object,
  { name, note }: { name: string; note: (self: unknown, args: readonly unknown[]) => void },
): void {
  replace(
    owner,
    name,
    (original: AnyFunction) =>
      function method(this: unknown, ...args: readonly unknown[]): unknown {
        note(this, args);
        return apply(original, this, args);
      },
  );
}

/** Bytes that `readInt32LE` and the like touch; undefined for those that are told by an argument. */
function sizeOf(name: string): number | undefined {
  const bits = /(8|16|32|64)/.exec(name)?.[1];
  if (bits !== undefined) return Number(bits) / 8;
  return name.includes('Float') ? 4 : name.includes('Double') ? 8 : undefined;
}

function hookBuffer(tools: ViewTools): void {
  const { hooks, calls } = tools;
  for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
    const [, verb] = /^(read|write)(?:U?[Ii]nt|Big|Float|Double)/.exec(name) ?? [];
    if (verb === undefined) continue;
    const kind = verb === 'read' ? 'read' : 'write';
    const size = sizeOf(name);
    const note = (self: unknown, args: readonly unknown[]): void => {
      const { site } = calls;
      calls.site = 0;
      if (!isMarked(self)) return;
      const [offset, length] = kind === 'read' ? args : args.slice(1);
      const at = Number(offset ?? 0);
      if (size === undefined) touch(tools, kind, self, { from: at, count: Number(length) });
      else hooks.bytes(kind, self, { at, size, site });
    };
    before(tools, Buffer.prototype, { name, note });
  }
  const whole: readonly (readonly [string, Access])[] = [
    ['toString', 'read'],
    ['toJSON', 'read'],
    ['equals', 'read'],
    ['compare', 'read'],
    ['write', 'write'],
    ['swap16', 'write'],
    ['swap32', 'write'],
    ['swap64', 'write'],
  ];
  for (const [name, kind] of whole) {
    if (kind === 'read')
      before(tools, Buffer.prototype, { name, note: (self, args) => noteRead(tools, self, args) });
    else
      before(tools, Buffer.prototype, { name, note: (self, args) => noteWrite(tools, self, { name, args }) });
  }
  before(tools, Buffer.prototype, {
    name: 'copy',
    note: (self, [target, at, start, end]) => {
      if (!isMarked(self) && !isMarked(target)) return;
      const from = Number(start ?? 0);
      const count = Math.max(0, Number(end ?? lengthOf(self)) - from);
      touch(tools, 'read', self, { from, count });
      touch(tools, 'write', target, { from: Number(at ?? 0), count });
    },
  });
  before(tools, Buffer.prototype, {
    name: 'fill',
    note: (self, [, start, end]) => {
      const from = typeof start === 'number' ? start : 0;
      touch(tools, 'write', self, { from, count: typeof end === 'number' ? end - from : undefined });
    },
  });
}

/** Reading methods of a buffer; those that compare may stop early, and say nothing where they have bounds. */
function noteRead(tools: ViewTools, self: unknown, args: readonly unknown[]): void {
  const [first, start, end] = args;
  if (ArrayBuffer.isView(first)) return;
  const from = typeof start === 'number' ? start : 0;
  touch(tools, 'read', self, { from, count: typeof end === 'number' ? end - from : undefined });
}

function noteWrite(
  tools: ViewTools,
  self: unknown,
  { name, args }: { name: string; args: readonly unknown[] },
): void {
  if (name !== 'write') {
    touch(tools, 'write', self);
    return;
  }
  const [text, offset, length] = args;
  const encoding = args.find((arg, index) => index > 0 && typeof arg === 'string');
  const from = typeof offset === 'number' ? offset : 0;
  const bytes = Buffer.byteLength(String(text), encoding as BufferEncoding | undefined);
  touch(tools, 'write', self, { from, count: Math.min(bytes, typeof length === 'number' ? length : bytes) });
}

function hookReflect(tools: ViewTools): void {
  const { hooks } = tools;
  const element =
    (kind: Access) =>
    (_: unknown, [target, key]: readonly unknown[]) => {
      if (isMarked(target) && typeof key !== 'symbol')
        hooks.element(kind, target, { key: String(key), site: 0 });
    };
  before(tools, Reflect, { name: 'get', note: element('read') });
  before(tools, Reflect, { name: 'set', note: element('write') });
  for (const name of ['values', 'entries']) {
    before(tools, Object, { name, note: (_, [target]) => touch(tools, 'read', target) });
  }
  before(tools, JSON, { name: 'stringify', note: (_, [value]) => touch(tools, 'read', value) });
}

function hookText(tools: ViewTools): void {
  before(tools, TextDecoder.prototype, { name: 'decode', note: (_, [view]) => touch(tools, 'read', view) });
  after(tools, TextEncoder.prototype, {
    name: 'encodeInto',
    note: ([, view], result) => touch(tools, 'write', view, { count: written(result) }),
  });
}

/** Calls `note` with the arguments and the result of the original. */
function after(
  { replace }: ViewTools,
  owner: object,
  { name, note }: { name: string; note: (args: readonly unknown[], result: unknown) => void },
): void {
  replace(
    owner,
    name,
    (original: AnyFunction) =>
      function method(this: unknown, ...args: readonly unknown[]): unknown {
        const result = apply(original, this, args);
        note(args, result);
        return result;
      },
  );
}

function written(result: unknown): number {
  return typeof result === 'object' && result !== null && 'written' in result ? Number(result.written) : 0;
}

function hookFiles(tools: ViewTools): void {
  // readSync(fd, buffer, offset, …) or readSync(fd, buffer, { offset })
  const offsetOf = (given: unknown): number =>
    typeof given === 'object' && given !== null && 'offset' in given
      ? Number(given.offset)
      : Number(given ?? 0);
  after(tools, fs, {
    name: 'readSync',
    note: ([, view, offset], count) =>
      touch(tools, 'write', view, { from: offsetOf(offset), count: Number(count) }),
  });
  after(tools, fs, {
    name: 'writeSync',
    note: ([, view, offset], count) =>
      touch(tools, 'read', view, { from: offsetOf(offset), count: Number(count) }),
  });
}

function hookRandom(tools: ViewTools): void {
  before(tools, crypto, {
    name: 'randomFillSync',
    note: (_, [view, offset, size]) =>
      touch(tools, 'write', view, {
        from: Number(offset ?? 0),
        count: size === undefined ? undefined : Number(size),
      }),
  });
}

function lengthOf(view: unknown): number {
  return ArrayBuffer.isView(view) ? ((view as MarkedView).length ?? view.byteLength) : 0; // `length` of what has one
}
