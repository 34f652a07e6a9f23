import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ProfError } from '../../src/error.js';
import { ProfileBuilder } from '../../src/profile/builder.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfile, encodeProfileGzip } from '../../src/profile/encode.js';
import { samplesOf } from '../../src/profile/samples.js';
import { anyProfile, builtProfile } from './arbitrary.js';
import { comparable } from './comparable.js';
import { profileOf } from './stacks.js';

test('codec: decode undoes encode for any profile', () => {
  const roundTrip = (profile: Parameters<typeof comparable>[0]): void =>
    assert.deepEqual(comparable(decodeProfile(encodeProfile(profile), 'x')), comparable(profile));
  fc.assert(fc.property(anyProfile, roundTrip));
  fc.assert(fc.property(builtProfile, roundTrip));
});

test('codec: encoding what was decoded gives the same bytes', () => {
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const bytes = encodeProfile(profile);
      assert.deepEqual(encodeProfile(decodeProfile(bytes, 'x')), bytes);
    }),
  );
});

test('codec: gzip is told by its first bytes', () => {
  const profile = profileOf('main;a 3\nmain 4');
  assert.deepEqual(comparable(decodeProfile(encodeProfileGzip(profile), 'x')), comparable(profile));
});

test('codec: a broken file is a ProfError that names byte or field', () => {
  const check = (bytes: Uint8Array, want: RegExp): void => {
    assert.throws(
      () => decodeProfile(bytes, 'cpu.pb.gz'),
      (error) => error instanceof ProfError && error.code === 'bad-profile' && want.test(error.message),
      `${want}`,
    );
  };
  const whole = encodeProfile(profileOf('main;a 3\nmain 4'));
  check(new Uint8Array(), /^cpu.pb.gz: empty file$/);
  check(whole.subarray(0, whole.length - 3), /bytes where \d+ are left at byte \d+/);
  check(gzipSync(whole).subarray(0, 30), /^cpu.pb.gz: gzip data is cut off$/);
  check(Uint8Array.of(0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), /gzip data is damaged/);
  check(Uint8Array.of(0x32, 0, 0x48, ...new Array<number>(12).fill(0xff)), /a number without end at byte 3/);
  check(Uint8Array.of(0x32, 0, 0x4b), /unknown wire type 3 at byte 3/);
  check(Uint8Array.of(0x32, 1, 65), /the first string is not empty/);
  check(Uint8Array.of(0x48, 1), /no string table/);
  check(Uint8Array.of(0x32, 0, 0x70, 1), /default_sample_type 1 of 1 strings/);
  check(Uint8Array.of(0x32, 0, 0x12, 2, 0x10, 1), /sample 0 has more values than the 0 sample types/);
  check(Uint8Array.of(0x32, 0, 0x0a, 0, 0x12, 0), /sample 0 has 0 values for 1 sample types/);
  check(Uint8Array.of(0x32, 0, 0x12, 2, 0x08, 7), /a sample with the unknown location 7/);
  check(Uint8Array.of(0x32, 0, 0x22, 0), /a location with the id 0/);
  check(Uint8Array.of(0x32, 0, 0x2a, 2, 8, 1, 0x2a, 2, 8, 1), /two functions with the id 1/);
  check(Uint8Array.of(0x32, 0, 0x48, 1, 0x48, 1), /two profiles in one file/);
});

test('codec: a bomb stops at the limit', () => {
  const bomb = gzipSync(new Uint8Array(1_000_000));
  assert.throws(() => decodeProfile(bomb, 'x', { maxBytes: 1000 }), /x: more than 1000 bytes when unzipped/);
});

test('codec: a mutated file gives a profile or a ProfError', () => {
  fc.assert(
    fc.property(
      anyProfile,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      (profile, changes) => {
        const bytes = Uint8Array.from(encodeProfile(profile));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        try {
          [...samplesOf(decodeProfile(bytes, 'x'))].length;
        } catch (error) {
          assert.ok(error instanceof ProfError, `${error}`);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('builder: equal stacks with equal labels are one sample', () => {
  const profile = profileOf('main;a 3 b=x c=y\nmain;a 4 c=y b=x\nmain;a 5 b=x');
  const seen = [...samplesOf(profile)].map(({ values, labels }) => ({ values, labels }));
  assert.deepEqual(seen, [
    { values: [7], labels: { b: 'x', c: 'y' } },
    { values: [5], labels: { b: 'x' } },
  ]);
});

test('builder: functions of one name are kept apart by file, start line and column', () => {
  const frame = { name: 'f', file: 'a.ts', startLine: 3, line: 4 };
  const builder = new ProfileBuilder({ sampleTypes: [{ type: 'cpu', unit: 'ns' }], mappingFile: 'a.ts' });
  for (const change of [{}, { line: 5 }, { startLine: 2 }, { file: 'b.ts' }, { startColumn: 9 }])
    builder.addSample([{ ...frame, ...change }], [1]);
  const { funcs, locations, mappings } = builder.build();
  assert.deepEqual([funcs.count, locations.count, mappings[0]?.file], [4, 5, 'a.ts']);
  assert.ok(locations.mapping.every((mapping) => mapping === 0));
});

test('builder: sums past 2^53 stay exact', () => {
  const profile = profileOf(`main ${Number.MAX_SAFE_INTEGER}\nmain ${Number.MAX_SAFE_INTEGER}`);
  assert.deepEqual(profile.samples.values, [BigInt64Array.of(2n * BigInt(Number.MAX_SAFE_INTEGER))]);
});

test('builder: values are whole numbers, one per sample type', () => {
  const builder = new ProfileBuilder({ sampleTypes: [{ type: 'cpu', unit: 'ns' }] });
  assert.throws(() => builder.addSample([], [1.5]), RangeError);
  assert.throws(() => builder.addSample([], []), TypeError);
});
