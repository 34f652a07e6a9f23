import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProfError } from '../../src/error.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfile } from '../../src/profile/encode.js';
import { mergeProfiles, subtractProfile } from '../../src/profile/merge.js';
import type { Profile } from '../../src/profile/profile.js';
import { columnSums } from '../../src/profile/scale-values.js';
import { defaultOptions, type ReportOptions } from '../../src/report/options.js';
import { prepareReport } from '../../src/report/report.js';
import { formatTop, type TopTable, topTable } from '../../src/report/top.js';
import { anyProfile, builtProfile } from '../profile/arbitrary.js';

const all: ReportOptions = { ...defaultOptions, compile: () => () => true, trim: false };

async function top(profile: Profile): Promise<TopTable> {
  return topTable(await prepareReport(profile, { kind: 'top', options: all, warn: () => {} }));
}

test('top: flat adds up to the samples that have a stack', async () => {
  await fc.assert(
    fc.asyncProperty(builtProfile, async (profile) => {
      const { samples } = profile;
      let sum = 0n;
      for (let i = 0; i < samples.count; i++)
        if (samples.start[i] !== samples.start[i + 1]) sum += BigInt(samples.values[0]?.[i] ?? 0);
      const rows = (await top(profile)).rows;
      assert.equal(
        rows.reduce((total, { flat }) => total + flat, 0n),
        sum,
      );
    }),
  );
});

test('top: any profile, and any mutation of its bytes, gives a table or a ProfError', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyProfile,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
      async (profile, changes) => {
        const bytes = Uint8Array.from(encodeProfile(profile));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        try {
          assert.ok(formatTop(await top(decodeProfile(bytes, 'x'))).endsWith('\n'));
        } catch (error) {
          assert.ok(error instanceof ProfError, `${error}`);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('merge: a profile with itself has twice the values', () => {
  fc.assert(
    fc.property(builtProfile, (profile) => {
      const twice = columnSums(mergeProfiles([profile, profile]));
      assert.deepEqual(
        twice,
        columnSums(profile).map((sum) => 2n * sum),
      );
    }),
  );
});

test('subtract: a profile from itself leaves nothing', () => {
  fc.assert(
    fc.property(builtProfile, (profile) => {
      const left = subtractProfile(profile, profile, { mark: false, normalize: false });
      assert.equal(left.samples.count, 0);
    }),
  );
});
