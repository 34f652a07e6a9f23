import type { AnyFunction } from './atomic-hooks.js';
import { type MarkedView, markKey } from './view.js';
import { isMarked, type ViewTools } from './view-hooks.js';

const { apply } = Reflect;

/** What a builtin does to memory. */
export type Touch = 'read' | 'write';

/** A part of a view; all that is behind `from` where `count` is undefined. */
export interface Part {
  readonly from?: number | undefined;
  readonly count?: number | undefined;
}

/** Notes an access to some elements of a view, or to all; nothing for other values. */
export function touch({ hooks }: ViewTools, kind: Touch, [view, part = {}]: readonly [unknown, Part?]): void {
  if (!isMarked(view)) return;
  const { from, end } = within(part, sizeOf(view));
  if (view[markKey].name === 'DataView') touchEach(hooks, kind, { view, from, end });
  else hooks.range(kind, view, { from, end });
}

/** Notes an access to some bytes of a view. */
export function touchBytes(tools: ViewTools, kind: Touch, [view, part]: readonly [unknown, Part]): void {
  if (!isMarked(view)) return;
  if (view[markKey].plane === 0) touch(tools, kind, [view, part]);
  else touchEach(tools.hooks, kind, { view, ...within(part, view.byteLength) });
}

function touchEach(
  hooks: ViewTools['hooks'],
  kind: Touch,
  { view, from, end }: { readonly view: MarkedView; readonly from: number; readonly end: number },
): void {
  const origin = from < end ? hooks.here(kind) : 0;
  for (let at = from; at < end; at++) hooks.bytes(kind, view, { at, size: 1, origin });
}

function within({ from = 0, count }: Part, length: number): { from: number; end: number } {
  const start = Math.max(0, Math.min(length, from));
  return { from: start, end: Math.min(length, start + (count ?? length)) };
}

function sizeOf(view: MarkedView): number {
  return view.length ?? view.byteLength;
}

/** A method, and what is to be noted of a call of it. */
export interface Noted {
  readonly name: string;
  readonly before?: (args: readonly unknown[], self: unknown) => void;
  readonly after?: (args: readonly unknown[], self: unknown, result: unknown) => void;
}

/** Has a method tell what it touches; nothing where there is no such method. */
export function hookMethod({ replace }: ViewTools, owner: object, { name, before, after }: Noted): void {
  replace(
    owner,
    name,
    (original: AnyFunction) =>
      function method(this: unknown, ...args: readonly unknown[]): unknown {
        before?.(args, this);
        const result = apply(original, this, args);
        after?.(args, this, result);
        return result;
      },
  );
}
