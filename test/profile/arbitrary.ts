import fc from 'fast-check';
import { type Frame, ProfileBuilder } from '../../src/profile/builder.js';
import type { Mapping, Profile } from '../../src/profile/profile.js';
import { StringTable } from '../../src/profile/strings.js';

const word = fc.constantFrom('', 'main', 'a', 'parse', 'lex', 'ünï', '😀', 'x'.repeat(300), '<init>');
const anyLine = fc.oneof(fc.nat(200), fc.integer({ min: -5, max: 2 ** 40 }));
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const int64 = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(BigInt),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);

/** Any frame that a builder takes. */
const anyFrame: fc.Arbitrary<Frame> = fc.record({
  name: word,
  file: word,
  startLine: fc.nat(50),
  line: fc.nat(50),
});

/** Profiles as our own recorders make them. */
export const builtProfile: fc.Arbitrary<Profile> = fc
  .array(
    fc.record({
      stack: fc.array(anyFrame, { maxLength: 6 }),
      value: fc.integer({ min: -1000, max: 2 ** 40 }),
      labels: fc.dictionary(word, word, { maxKeys: 3 }),
    }),
    { maxLength: 20 },
  )
  .map((samples) => {
    const builder = new ProfileBuilder({ sampleTypes: [{ type: 'cpu', unit: 'nanoseconds' }] });
    for (const { stack, value, labels } of samples) builder.addSample(stack, [value], labels);
    return builder.build();
  });

/** Profiles as any writer might make them: odd ids, inlined lines, negative and huge values. */
export const anyProfile: fc.Arbitrary<Profile> = fc
  .record({
    types: fc.array(fc.record({ type: word, unit: word }), { minLength: 1, maxLength: 3 }),
    mappings: fc.uniqueArray(fc.record({ id: uint64.filter((id) => id > 0n), start: uint64, file: word }), {
      selector: ({ id }) => id,
      maxLength: 3,
    }),
    funcIds: fc.uniqueArray(
      uint64.filter((id) => id > 0n),
      { minLength: 1, maxLength: 5 },
    ),
    names: fc.array(word, { minLength: 5, maxLength: 5 }),
    startLine: anyLine,
    locations: fc.uniqueArray(
      fc.record({
        id: uint64.filter((id) => id > 0n),
        address: uint64,
        lines: fc.array(fc.tuple(fc.nat(4), anyLine, anyLine), { maxLength: 3 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 5 },
    ),
    samples: fc.array(
      fc.record({
        stack: fc.array(fc.nat(100), { maxLength: 5 }),
        values: fc.array(int64, { minLength: 3, maxLength: 3 }),
        labels: fc.array(fc.tuple(word, word, int64, word), { maxLength: 2 }),
      }),
      { maxLength: 8 },
    ),
    times: fc.tuple(int64, int64, int64),
    texts: fc.tuple(word, word, word, word),
  })
  .map((parts): Profile => {
    const strings = new StringTable();
    const number = (text: string): number => strings.getOrInsert(text);
    const flat = parts.locations.flatMap(({ lines }) => lines);
    const labels = parts.samples.map((sample) =>
      sample.labels.filter(([, text, value, unit]) => text !== '' || value !== 0n || unit !== ''),
    );
    const [timeNanos, durationNanos, period] = parts.times;
    const [dropFrames, keepFrames, docUrl, comment] = parts.texts;
    return {
      sampleTypes: parts.types,
      defaultSampleType: parts.types[0]?.type ?? '',
      samples: {
        count: parts.samples.length,
        start: starts(parts.samples.map(({ stack }) => stack.length)),
        stack: Uint32Array.from(
          parts.samples.flatMap(({ stack }) => stack.map((i) => i % parts.locations.length)),
        ),
        values: parts.types.map((_, type) => column(parts.samples.map(({ values }) => values[type] ?? 0n))),
        labels: {
          start: starts(labels.map((list) => list.length)),
          key: Uint32Array.from(labels.flat().map(([key]) => number(key))),
          text: Uint32Array.from(labels.flat().map(([, text]) => number(text))),
          number: BigInt64Array.from(labels.flat().map(([, , value]) => value)),
          unit: Uint32Array.from(labels.flat().map(([, , , unit]) => number(unit))),
        },
      },
      locations: {
        count: parts.locations.length,
        id: BigUint64Array.from(parts.locations.map(({ id }) => id)),
        address: BigUint64Array.from(parts.locations.map(({ address }) => address)),
        mapping: Int32Array.from(parts.locations.map((_, i) => (i < parts.mappings.length ? i : -1))),
        isFolded: Uint8Array.from(parts.locations.map((_, i) => i % 2)),
        lineStart: starts(parts.locations.map(({ lines }) => lines.length)),
        lineFunc: Uint32Array.from(flat.map(([func]) => func % parts.funcIds.length)),
        lineNumber: Float64Array.from(flat.map(([, line]) => line)),
        lineColumn: Float64Array.from(flat.map(([, , columnNumber]) => columnNumber)),
      },
      funcs: {
        count: parts.funcIds.length,
        id: BigUint64Array.from(parts.funcIds),
        name: Uint32Array.from(parts.funcIds.map((_, i) => number(parts.names[i] ?? ''))),
        systemName: Uint32Array.from(parts.funcIds.map((_, i) => number(parts.names[4 - i] ?? ''))),
        file: Uint32Array.from(parts.funcIds.map(() => number('src/a.ts'))),
        startLine: Float64Array.from(parts.funcIds.map(() => parts.startLine)),
      },
      mappings: parts.mappings.map((mapping, i) => toMapping(mapping, i)),
      strings,
      comments: comment === '' ? [] : [comment, 'second'],
      docUrl,
      dropFrames,
      keepFrames,
      timeNanos,
      durationNanos,
      periodType: parts.types[0] ?? { type: '', unit: '' },
      period,
    };
  });

function toMapping({ id, start, file }: Pick<Mapping, 'id' | 'start' | 'file'>, i: number): Mapping {
  const has = {
    hasFunctions: i === 0,
    hasFilenames: i === 1,
    hasLineNumbers: i !== 1,
    hasInlineFrames: i === 2,
  };
  return { id, start, limit: start, offset: BigInt(i), file, buildId: i === 0 ? 'abc' : '', ...has };
}

function starts(lengths: readonly number[]): Uint32Array {
  const start = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) start[i + 1] = (start[i] ?? 0) + length;
  return start;
}

function column(values: readonly bigint[]): Float64Array | BigInt64Array {
  const magnitude = values.reduce((sum, value) => sum + (value < 0n ? -value : value), 0n);
  return magnitude <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Float64Array.from(values.map(Number))
    : BigInt64Array.from(values);
}
