import type { Format } from '../format.js';
import { type AddressSample, addressProfile } from './address-profile.js';
import { parseAddresses, parseInt64AnyBase } from './int64.js';
import { LineScanner } from './line-scanner.js';
import { isMapSentinel, readMaps } from './proc-maps.js';

const header = /^(\S+) profile: total \d+$/;
const sampleLine = /^(\d+) @((?: 0x[0-9a-f]+)+)$/;

/** Go's old profiles of counts in text: `goroutine profile: total 7`, then `3 @ 0x1 0x2` for each stack. */
export const legacyCount: Format = {
  name: 'legacy count profile',

  detects(source) {
    const first = source.headLines.find((line) => !/^\s*(#|$)/.test(line)) ?? '';
    return first.length < 4096 && header.test(first);
  },

  read(source) {
    const scanner = new LineScanner(source);
    while (scanner.scan() && scanner.isBlank);
    const [, type = ''] = header.exec(scanner.text) ?? [];
    const samples: AddressSample[] = [];
    while (scanner.scan() && !scanner.text.startsWith('---'))
      if (!scanner.isBlank) samples.push(readSample(scanner));
    while (!isMapSentinel(scanner.text) && scanner.scan());
    const maps = readMaps(scanner);
    const counted = { type, unit: 'count' };
    return addressProfile(samples, maps, { sampleTypes: [counted], periodType: counted, period: 1n });
  },
};

function readSample(scanner: LineScanner): AddressSample {
  const [, count = '', stack = ''] = sampleLine.exec(scanner.text) ?? [];
  const [value, addresses] = [parseInt64AnyBase(count), parseAddresses(stack)];
  if (value === undefined || addresses === undefined) throw scanner.error('is not a count and a stack');
  return { addresses: addresses.map((address) => BigInt.asUintN(64, address - 1n)), values: [value] };
}
