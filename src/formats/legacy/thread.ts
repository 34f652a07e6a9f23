import type { Format } from '../format.js';
import { type AddressSample, addressProfile } from './address-profile.js';
import { parseAddresses } from './int64.js';
import { LineScanner } from './line-scanner.js';
import { isMapSentinel, readMaps } from './proc-maps.js';

const fileHeader = /--- threadz \d+ ---/;
const threadHeader = /--- Thread ([0-9a-fA-F]+) \(name: (.*)\/(\d+)\) stack: ---/;

/** pprof's old thread profiles in text: `--- threadz 1 ---`, then the stack of each thread. */
export const legacyThread: Format = {
  name: 'legacy thread profile',

  detects(source) {
    const first = source.headLines.find((line) => !/^\s*(#|$)/.test(line)) ?? '';
    return first.length < 4096 && (fileHeader.test(first) || threadHeader.test(first));
  },

  read(source) {
    const scanner = new LineScanner(source);
    while (scanner.scan() && scanner.isBlank);
    if (fileHeader.test(scanner.text))
      while (scanner.scan() && !isMapSentinel(scanner.text) && !scanner.text.startsWith('-'));
    const samples = readThreads(scanner);
    while (!isMapSentinel(scanner.text) && scanner.scan());
    const maps = readMaps(scanner);
    const counted = { type: 'thread', unit: 'count' };
    const options = { sampleTypes: [counted], periodType: counted, period: 1n, dropDoubledLeaf: true };
    return addressProfile(samples, maps, options);
  },
};

function readThreads(scanner: LineScanner): AddressSample[] {
  const samples: AddressSample[] = [];
  while (!isMapSentinel(scanner.text)) {
    if (scanner.text.trim().startsWith('---- no stack trace for')) break;
    if (scanner.text.length > 4096 || !threadHeader.test(scanner.text))
      throw scanner.error('is not the beginning of a thread, nor of the memory map that must follow');
    const addresses = readStack(scanner);
    const last = samples.at(-1);
    if (addresses.length > 0) samples.push({ addresses, values: [1n] });
    // The stack is said to be that of the threads before.
    else if (last !== undefined) last.values = [(last.values[0] ?? 0n) + 1n];
  }
  return samples;
}

/** The addresses up to the next header; none where the stack is the same as that before. */
function readStack(scanner: LineScanner): bigint[] {
  const addresses: bigint[] = [];
  let isSame = false;
  while (scanner.scan() && !scanner.text.trim().startsWith('---')) {
    if (scanner.text.includes('same as previous thread')) isSame = true;
    else {
      const own = parseAddresses(scanner.text);
      if (own === undefined) throw scanner.error('has an address past 64 bits');
      // Not the leaf, which is no call.
      for (const address of own)
        addresses.push(addresses.length === 0 ? address : BigInt.asUintN(64, address - 1n));
    }
  }
  return isSame ? [] : addresses;
}
