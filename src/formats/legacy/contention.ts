import type { Format } from '../format.js';
import { type AddressSample, addressProfile } from './address-profile.js';
import { int64OfNumber, parseAddresses, parseInt64, parseInt64AnyBase } from './int64.js';
import { LineScanner } from './line-scanner.js';
import { isMapSentinel, readMaps } from './proc-maps.js';

const headers = ['--- contentionz ', '--- mutex:', '--- contention:'];
const sampleLine = /(?<!\d)(\d+) *(\d+) @([ x0-9a-f]*)/;

/**
 * pprof's old profiles of waiting for locks in text: `--- mutex:`, then `name = value`, then
 * `cycles count @ 0x1 0x2` for each stack.
 */
export const legacyContention: Format = {
  name: 'legacy contention profile',

  detects(source) {
    const [first = ''] = source.headLines;
    return headers.some((header) => first.startsWith(header));
  },

  read(source) {
    const scanner = new LineScanner(source);
    scanner.scan();
    const facts = readFacts(scanner);
    const samples: AddressSample[] = [];
    while (!scanner.text.trim().startsWith('---')) {
      if (!scanner.isBlank) samples.push(readSample(scanner, facts));
      if (!scanner.scan()) break;
    }
    while (!isMapSentinel(scanner.text) && scanner.scan());
    const maps = readMaps(scanner);
    return addressProfile(samples, maps, {
      sampleTypes: [
        { type: 'contentions', unit: 'count' },
        { type: 'delay', unit: 'nanoseconds' },
      ],
      periodType: { type: 'contentions', unit: 'count' },
      period: facts.period,
      durationNanos: facts.durationNanos,
    });
  },
};

interface Facts {
  period: bigint;
  durationNanos: bigint;
  /** 0 when unknown. */
  cyclesPerSecond: bigint;
}

/** Reads `name = value` up to the first line that is something else. */
function readFacts(scanner: LineScanner): Facts {
  const facts: Facts = { period: 1n, durationNanos: 0n, cyclesPerSecond: 0n };
  while (scanner.scan()) {
    if (scanner.isBlank) continue;
    const equals = scanner.text.indexOf('=');
    if (scanner.text.trim().startsWith('---') || equals < 0) break;
    const name = scanner.text.slice(0, equals).trim();
    if (name === 'discarded samples') continue;
    const value = parseInt64AnyBase(scanner.text.slice(equals + 1).trim());
    if (value === undefined) throw scanner.error('has no number');
    if (name === 'cycles/second') facts.cyclesPerSecond = value;
    else if (name === 'sampling period') facts.period = value;
    else if (name === 'ms since reset') facts.durationNanos = BigInt.asIntN(64, value * 1_000_000n);
    else throw scanner.error('is not something that contention profiles say');
  }
  return facts;
}

function readSample(scanner: LineScanner, { period, cyclesPerSecond }: Facts): AddressSample {
  const { text } = scanner;
  // Numbers of that length are none, and would take the pattern too long to say so.
  const [, cycles = '', count = '', stack = ''] = /\d{41}/.test(text) ? [] : (sampleLine.exec(text) ?? []);
  const [waited, times, addresses] = [parseInt64(cycles), parseInt64(count), parseAddresses(stack)];
  if (waited === undefined || times === undefined || addresses === undefined)
    throw scanner.error('is not a sample of a contention profile');
  const isSampled = period > 0n;
  const gigahertz = Number(cyclesPerSecond) / 1e9;
  const delay =
    isSampled && cyclesPerSecond > 0n ? int64OfNumber((Number(waited) * Number(period)) / gigahertz) : waited;
  const contentions = isSampled ? BigInt.asIntN(64, times * period) : times;
  return {
    addresses: addresses.map((address) => BigInt.asUintN(64, address - 1n)),
    values: [contentions, delay],
  };
}
