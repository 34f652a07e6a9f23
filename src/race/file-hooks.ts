import fs from 'node:fs';
import { isView } from './native.js';
import { hookMethod, type Touch, touchBytes } from './touch.js';
import type { ViewTools } from './view-hooks.js';

/** Makes the functions of `fs` that read and write at once tell what they touch of shared memory. */
export function hookFiles(tools: ViewTools): void {
  const note = (name: string, kind: Touch): void => {
    hookMethod(tools, fs, {
      name: `${name}Sync`,
      // How many bytes it was, they say themselves.
      after: ([, view, offset], _, count) =>
        touchBytes(tools, kind, [view, { from: offsetOf(offset), count: Number(count) }]),
    });
    hookMethod(tools, fs, {
      name: `${name}vSync`,
      after: ([, views], _, count) => touchSeveral(tools, kind, { views, count: Number(count) }),
    });
  };
  note('read', 'write');
  note('write', 'read');
}

/** `readSync(fd, buffer, offset, …)` or `readSync(fd, buffer, { offset })`; in bytes. */
function offsetOf(given: unknown): number {
  const offset = typeof given === 'object' && given !== null && 'offset' in given ? given.offset : given;
  return typeof offset === 'number' ? offset : 0;
}

/** Views that were read into one after the other. */
function touchSeveral(
  tools: ViewTools,
  kind: Touch,
  { views, count }: { readonly views: unknown; readonly count: number },
): void {
  let rest = count;
  for (const view of Array.isArray(views) ? views : []) {
    if (!isView(view)) return;
    touchBytes(tools, kind, [view, { count: Math.min(rest, view.byteLength) }]);
    rest = Math.max(0, rest - view.byteLength);
  }
}
