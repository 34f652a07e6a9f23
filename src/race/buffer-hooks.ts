import { isView } from './native.js';
import { hookMethod, type Touch, touch } from './touch.js';
import { isMarked, type ViewTools } from './view-hooks.js';

/** Makes the methods of Buffer tell what they touch of shared memory. */
export function hookBuffers(tools: ViewTools): void {
  hookNumbers(tools);
  hookWhole(tools);
  hookTexts(tools);
  hookCopies(tools);
  hookComparisons(tools);
  for (const name of ['subarray', 'slice']) {
    hookMethod(tools, Buffer.prototype, {
      name,
      after: (_, self, made) => {
        if (isMarked(self) && isView(made)) tools.views.mark(made);
      },
    });
  }
}

/** `readInt32LE`, `writeDoubleBE` and the like. */
function hookNumbers(tools: ViewTools): void {
  for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
    const [, verb] = /^(read|write)(?:U?[Ii]nt|Big|Float|Double)/.exec(name) ?? [];
    if (verb === 'read') hookNumber(tools, name, { kind: 'read', first: 0 });
    if (verb === 'write') hookNumber(tools, name, { kind: 'write', first: 1 });
  }
}

/** @param first - where the offset is among the arguments; where it is told, the size is behind it */
function hookNumber(
  tools: ViewTools,
  name: string,
  { kind, first }: { readonly kind: Touch; readonly first: number },
): void {
  const { hooks, calls } = tools;
  const size = sizeOf(name);
  const before = (args: readonly unknown[], self: unknown): void => {
    const { site } = calls;
    calls.site = 0;
    if (!isMarked(self)) return;
    const at = Number(args[first] ?? 0);
    if (size === undefined) touch(tools, kind, [self, { from: at, count: Number(args[first + 1]) }]);
    else hooks.bytes(kind, self, { at, size, origin: site });
  };
  hookMethod(tools, Buffer.prototype, { name, before });
}

/** Bytes that `readInt32LE` and the like touch; undefined for those that are told by an argument. */
function sizeOf(name: string): number | undefined {
  const bits = /(8|16|32|64)/.exec(name)?.[1];
  if (bits !== undefined) return Number(bits) / 8;
  return name.includes('Float') ? 4 : name.includes('Double') ? 8 : undefined;
}

function hookWhole(tools: ViewTools): void {
  const note = (name: string, kind: Touch): void =>
    hookMethod(tools, Buffer.prototype, { name, before: (_, self) => touch(tools, kind, [self]) });
  note('toJSON', 'read');
  for (const name of ['swap16', 'swap32', 'swap64']) note(name, 'write');
}

function hookTexts(tools: ViewTools): void {
  hookMethod(tools, Buffer.prototype, {
    name: 'toString',
    before: ([, start, end], self) => touch(tools, 'read', [self, partOf(start, end)]),
  });
  hookMethod(tools, Buffer.prototype, {
    name: 'write',
    // How much is written depends on where characters end.
    after: ([, offset], self, count) =>
      touch(tools, 'write', [self, { from: numberOr(offset, 0), count: numberOr(count, 0) }]),
  });
  hookMethod(tools, Buffer.prototype, {
    name: 'fill',
    before: ([, start, end], self) => touch(tools, 'write', [self, partOf(start, end)]),
  });
}

function hookCopies(tools: ViewTools): void {
  hookMethod(tools, Buffer.prototype, {
    name: 'copy',
    after: ([target, at, start], self, copied) => {
      const count = numberOr(copied, 0);
      touch(tools, 'read', [self, { from: numberOr(start, 0), count }]);
      touch(tools, 'write', [target, { from: numberOr(at, 0), count }]);
    },
  });
  hookMethod(tools, Buffer, {
    name: 'concat',
    before: ([list]) => {
      if (Array.isArray(list)) for (const view of list) touch(tools, 'read', [view]);
    },
  });
  hookMethod(tools, Buffer, { name: 'from', before: ([view]) => touch(tools, 'read', [view]) });
}

/** Comparisons stop where they know; only of those that went to the end it is known what they read. */
function hookComparisons(tools: ViewTools): void {
  const note = (views: readonly unknown[], isWhole: boolean): void => {
    if (isWhole) for (const view of views) touch(tools, 'read', [view]);
  };
  hookMethod(tools, Buffer.prototype, {
    name: 'equals',
    after: ([other], self, result) => note([self, other], result === true && other !== self),
  });
  hookMethod(tools, Buffer.prototype, {
    name: 'compare',
    after: (args, self, result) =>
      note([self, args[0]], result === 0 && args.length === 1 && args[0] !== self),
  });
  hookMethod(tools, Buffer, {
    name: 'compare',
    after: ([one, other], _, result) => note([one, other], result === 0 && one !== other),
  });
  hookMethod(tools, Buffer.prototype, {
    name: 'indexOf',
    // A search for a text leaves bytes out.
    after: ([wanted, from], self, result) => {
      if (result === -1 && typeof wanted === 'number' && from === undefined) touch(tools, 'read', [self]);
    },
  });
}

function partOf(start: unknown, end: unknown): { from: number; count: number | undefined } {
  const from = numberOr(start, 0);
  return { from, count: typeof end === 'number' ? end - from : undefined };
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
