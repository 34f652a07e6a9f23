import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Profile } from '../../src/profile/profile.js';
import { packProfile, unpackProfile } from '../../src/web/pack-profile.js';
import { anyProfile, builtProfile } from '../profile/arbitrary.js';

/** All of a profile that reports see, a line a sample, in an order of its own. */
function dump({ samples, locations, funcs, strings, mappings, ...rest }: Profile): unknown {
  const line = (at: number): string => {
    const func = locations.lineFunc[at] ?? 0;
    const texts = [funcs.name, funcs.systemName, funcs.file].map((column) => strings.get(column[func] ?? 0));
    return [...texts, funcs.startLine[func], locations.lineNumber[at], locations.lineColumn[at]].join('|');
  };
  const location = (number: number): string => {
    const [from, end] = [locations.lineStart[number] ?? 0, locations.lineStart[number + 1] ?? 0];
    const lines = Array.from({ length: end - from }, (_, i) => line(from + i));
    return [locations.address[number], locations.mapping[number], locations.isFolded[number], ...lines].join(
      '~',
    );
  };
  const sample = (i: number): string => {
    const stack = samples.stack.subarray(samples.start[i], samples.start[i + 1]);
    const { start, key, text, number, unit } = samples.labels;
    const [from, end] = [start[i] ?? 0, start[i + 1] ?? 0];
    const labels = Array.from({ length: end - from }, (_, at) =>
      [key, text, unit]
        .map((column) => strings.get(column[from + at] ?? 0))
        .concat(String(number[from + at]))
        .join('='),
    );
    return `${[...stack].map(location).join(';')} ${samples.values.map((column) => column[i])} ${labels}`;
  };
  const { sampleTypes, defaultSampleType, comments, docUrl, dropFrames, keepFrames, ...times } = rest;
  const head = { sampleTypes, defaultSampleType, comments, docUrl, dropFrames, keepFrames };
  const { timeNanos, durationNanos, periodType, period } = times;
  return {
    times: { timeNanos, durationNanos, period, periodType: `${periodType.type}/${periodType.unit}` },
    head: JSON.stringify(head),
    mappings: mappings.map(({ id: _id, start: _start, limit: _limit, offset: _offset, ...plain }) => plain),
    samples: Array.from({ length: samples.count }, (_, i) => sample(i)).sort(),
  };
}

test('packProfile: everything that reports show comes back', () => {
  fc.assert(
    fc.property(fc.oneof(anyProfile, builtProfile), (profile) => {
      assert.deepEqual(dump(unpackProfile(packProfile(profile))), dump(profile));
    }),
    { numRuns: 300 },
  );
});
