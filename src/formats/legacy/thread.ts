import type { Format } from '../format.js';
import { type AddressSample, toProfile } from './address-profile.js';
import { withoutDoubleLeaf } from './cpu.js';
import { badFile, callAddresses, hexNumbers, isBlank, linesOf, memoryMapOf } from './lines.js';
import { isMemoryMapStart } from './memory-map.js';

const start = /--- threadz \d+ ---/;
const thread = /--- Thread ([0-9a-f]+) \(name: (.*)\/(\d+)\) stack: ---/i;

/** Thread profiles (`threadz`), as text. */
export const legacyThread: Format = {
  name: 'threads (text)',
  detects: ({ head }) => {
    const first = linesOf(head).find((line) => !isBlank(line)) ?? '';
    return start.test(first) || thread.test(first);
  },
  read: ({ text, name }) => {
    const lines = linesOf(text);
    const samples: MutableSample[] = [];
    let at = lines.findIndex((line) => thread.test(line) || isMemoryMapStart(line));
    while (at >= 0 && at < lines.length && !isEnd(lines[at] ?? '')) {
      if (!thread.test(lines[at] ?? '')) throw badFile(`${name}:${at + 1}`, 'no thread where one must begin');
      at = addThread(lines, at + 1, { name, samples });
    }
    return toProfile({
      sampleTypes: [{ type: 'thread', unit: 'count' }],
      periodType: { type: 'thread', unit: 'count' },
      ...{ period: 1n, samples, finish: withoutDoubleLeaf },
      memoryMap: at < 0 ? [] : memoryMapOf(lines, at),
    });
  },
};

type MutableSample = { addresses: bigint[]; values: bigint[] } & AddressSample;

function isEnd(line: string): boolean {
  return isMemoryMapStart(line) || line.startsWith('---- no stack trace for');
}

/** Reads a thread's stack and returns the line behind it. */
function addThread(
  lines: readonly string[],
  from: number,
  { name, samples }: { name: string; samples: MutableSample[] },
): number {
  const addresses: bigint[] = [];
  let isSame = false;
  let at = from;
  for (
    ;
    at < lines.length && !lines[at]?.trim().startsWith('---') && !isMemoryMapStart(lines[at] ?? '');
    at++
  ) {
    if (lines[at]?.includes('same as previous thread')) isSame = true;
    else addresses.push(...hexNumbers(lines[at] ?? '', `${name}:${at + 1}`));
  }
  const last = samples.at(-1);
  if (!isSame && addresses.length > 0)
    samples.push({ addresses: callAddresses(addresses, true), values: [1n] });
  else if (last !== undefined) last.values[0] = (last.values[0] ?? 0n) + 1n;
  return at;
}
