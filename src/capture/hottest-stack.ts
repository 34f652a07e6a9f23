import type { CpuFrame } from './cpu-record.js';
import type { RunningStack } from './cpu-timeline.js';

/**
 * The stack that stands for all: from the root on always the function below which most was running.
 *
 * running (root first)      gives
 *   main a b  0.3             main a b
 *   main a c  0.25
 *   main      0.4
 *   (garbage collector) 0.05
 *
 * @param running - at least one
 */
export function hottestStack(running: readonly RunningStack[]): RunningStack | undefined {
  let left = running;
  for (let depth = 0; left.length > 1; depth++) {
    const groups = new Map<string, RunningStack[]>();
    for (const each of left) {
      const frame = each.stack[depth];
      const key = frame === undefined ? '' : keyOf(frame);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [each]);
      else known.push(each);
    }
    const [key, hottest] = [...groups].sort(([, a], [, b]) => shareOf(b) - shareOf(a))[0] ?? ['', []];
    // Those that end here differ by their lines.
    if (key === '') return [...hottest].sort((a, b) => b.share - a.share)[0];
    left = hottest;
  }
  return left[0];
}

function shareOf(running: readonly RunningStack[]): number {
  return running.reduce((sum, { share }) => sum + share, 0);
}

function keyOf({ name, url, start }: CpuFrame): string {
  return `${name} ${start?.line}:${start?.column} ${url}`;
}
