import { printableName } from '../graph/node-info.js';
import { buildNodeTable } from '../graph/node-table.js';
import type { Report } from './report.js';

/** A stack with what was spent in it. */
export interface FoldedStack {
  /** Root first. */
  readonly frames: readonly string[];
  readonly value: bigint;
}

/** The stacks of a report, equal ones added together, in the order in which they first come. */
export function foldedStacks({ profile, values }: Report): FoldedStack[] {
  const { samples } = profile;
  const { infos, start, nodes } = buildNodeTable(profile, { objectNames: false });
  const names = infos.map(printableName);
  const stacks = new Map<string, { frames: string[]; value: bigint }>();
  for (let i = 0; i < samples.count; i++) {
    const frames: string[] = [];
    for (const location of samples.stack.subarray(samples.start[i], samples.start[i + 1]))
      for (const node of nodes.subarray(start[location], start[location + 1])) frames.push(names[node] ?? '');
    const value = BigInt(values.values[i] ?? 0);
    const key = frames.join('\0');
    const known = stacks.get(key);
    if (known === undefined) stacks.set(key, { frames: frames.reverse(), value });
    else known.value += value;
  }
  return [...stacks.values()].filter(({ frames, value }) => frames.length > 0 && value !== 0n);
}

/**
 * Stacks as text, a line each: `main;parse;lex 12`. A `;` in a name becomes `:`, a line break a space,
 * since both would end the frame.
 */
export function formatFolded(stacks: readonly FoldedStack[]): string {
  const plain = (name: string): string => name.replaceAll(';', ':').replace(/[\r\n]+/g, ' ');
  return stacks.map(({ frames, value }) => `${frames.map(plain).join(';')} ${value}\n`).join('');
}
