import type { Format } from '../format.js';
import { type AddressSample, toProfile } from './address-profile.js';
import { badFile, callAddresses, decimal, hexNumbers, isBlank, linesOf, memoryMapOf } from './lines.js';

const start = /^--- (contentionz |mutex:|contention:)/;
const row = /(\d+) *(\d+) @([ x0-9a-f]*)/;

/** Contention and mutex profiles of C++ and Go, as text. */
export const legacyContention: Format = {
  name: 'contention (text)',
  detects: ({ head }) => start.test(head),
  read: ({ text, name }) => {
    const lines = linesOf(text);
    const settings = readSettings(lines, name);
    const samples: AddressSample[] = [];
    let at = settings.end;
    for (; at < lines.length && !lines[at]?.trim().startsWith('---'); at++) {
      const line = lines[at] ?? '';
      if (!isBlank(line)) samples.push(parseRow(line, settings, `${name}:${at + 1}`));
    }
    return toProfile({
      sampleTypes: [
        { type: 'contentions', unit: 'count' },
        { type: 'delay', unit: 'nanoseconds' },
      ],
      periodType: { type: 'contentions', unit: 'count' },
      ...{ period: settings.period, durationNanos: settings.durationNanos, samples },
      memoryMap: memoryMapOf(lines, at),
    });
  },
};

interface Settings {
  readonly period: bigint;
  readonly cyclesPerSecond: bigint;
  readonly durationNanos: bigint;
  /** The line behind the settings. */
  readonly end: number;
}

const known = new Set(['cycles/second', 'sampling period', 'ms since reset', 'discarded samples']);

/** `name = value` lines come first. */
function readSettings(lines: readonly string[], name: string): Settings {
  const values = new Map<string, bigint>();
  let end = 1;
  for (; end < lines.length; end++) {
    const line = lines[end]?.trim() ?? '';
    if (isBlank(line)) continue;
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line) ?? [];
    if (line.startsWith('---') || key === '') break;
    if (!known.has(key.trim()))
      throw badFile(`${name}:${end + 1}`, `"${key.trim()}" is no setting of a contention profile`);
    if (key.trim() !== 'discarded samples')
      values.set(key.trim(), decimal(value.trim(), `${name}:${end + 1}`));
  }
  return {
    period: values.get('sampling period') ?? 1n,
    cyclesPerSecond: values.get('cycles/second') ?? 0n,
    durationNanos: (values.get('ms since reset') ?? 0n) * 1_000_000n,
    end,
  };
}

function parseRow(line: string, { period, cyclesPerSecond }: Settings, place: string): AddressSample {
  const match = row.exec(line);
  if (match === null) throw badFile(place, `no sample: ${line.slice(0, 60)}`);
  const [, delay = '', count = '', stack = ''] = match;
  const cycles = decimal(delay, place);
  const perNano = Number(cyclesPerSecond) / 1e9;
  const isScaled = period > 0n && cyclesPerSecond > 0n;
  const nanos = isScaled ? BigInt(Math.trunc((Number(cycles) * Number(period)) / perNano)) : cycles;
  const contentions = decimal(count, place) * (period > 0n ? period : 1n);
  return { addresses: callAddresses(hexNumbers(stack, place)), values: [contentions, nanos] };
}
