import type { Format } from '../format.js';
import { type AddressSample, toProfile } from './address-profile.js';
import { badFile, callAddresses, decimal, hexNumbers, isBlank, linesOf, memoryMapOf } from './lines.js';

const start = /^(\S+) profile: total \d+$/;
const row = /^(\d+) @((?: 0x[0-9a-f]+)+)$/;

/** Goroutine and thread creation profiles of Go, as text. */
export const legacyCount: Format = {
  name: 'goroutine (text)',
  detects: ({ head }) => start.test(firstLine(head)),
  read: ({ text, name }) => {
    const lines = linesOf(text);
    const head = lines.findIndex((line) => !isBlank(line));
    const [, type = ''] = start.exec(lines[head] ?? '') ?? [];
    const samples: AddressSample[] = [];
    let at = head + 1;
    for (; at < lines.length && !lines[at]?.startsWith('---'); at++) {
      const line = lines[at] ?? '';
      if (isBlank(line)) continue;
      const place = `${name}:${at + 1}`;
      const match = row.exec(line);
      if (match === null) throw badFile(place, `no stack: ${line.slice(0, 60)}`);
      samples.push({
        addresses: callAddresses(hexNumbers(match[2] ?? '', place)),
        values: [decimal(match[1] ?? '', place)],
      });
    }
    return toProfile({
      sampleTypes: [{ type, unit: 'count' }],
      periodType: { type, unit: 'count' },
      ...{ period: 1n, samples, memoryMap: memoryMapOf(lines, at) },
    });
  },
};

function firstLine(text: string): string {
  return linesOf(text).find((line) => !isBlank(line)) ?? '';
}
