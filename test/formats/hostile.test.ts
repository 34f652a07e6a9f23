import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { ProfError } from '../../src/error.js';
import { readOtherFormat } from '../../src/formats/read.js';
import { writeCpuprofile } from '../../src/formats/write-cpuprofile.js';
import { writeSpeedscope } from '../../src/formats/write-speedscope.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfile } from '../../src/profile/encode.js';
import { anyProfile, builtProfile } from '../profile/arbitrary.js';
import { errorOf, readBytes } from './check-converter.js';

const data = fileURLToPath(new URL('../data', import.meta.url));
const inputs = ['formats', 'legacy'].flatMap((folder) =>
  readdirSync(join(data, folder))
    .filter(
      (file) =>
        !/\.(txt\.raw|prof\.raw|md|got)$/.test(file) && !(folder === 'formats' && file.endsWith('.txt')),
    )
    .map((file) => readFileSync(join(data, folder, file))),
);

/** Reads bytes, which must give a sound profile, nothing, or an error that names the file. */
function readAnything(bytes: Uint8Array): void {
  try {
    const profile = readOtherFormat(bytes, 'the-file');
    if (profile !== undefined) decodeProfile(encodeProfile(profile), 'x');
  } catch (error) {
    assert.ok(error instanceof ProfError, `${error instanceof Error ? error.stack : error}`);
    assert.match(error.message, /^the-file:/);
  }
}

const odd = fc.constantFrom(
  ...[
    'null',
    '-1',
    '1e999',
    '9223372036854775808',
    '-0',
    '[]',
    '{}',
    '"x"',
    '1.5',
    'NaN',
    '',
    '  ',
    '\n',
    ';',
    '@ 0x',
  ],
);

test('formats: mutated files give a profile, nothing, or an error that names the file', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...inputs),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(), { nil: undefined }),
      (input, changes, cut) => {
        const bytes = Buffer.from(input);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        readAnything(cut === undefined ? bytes : bytes.subarray(0, cut % bytes.length));
      },
    ),
    { numRuns: 1500 },
  );
});

test('formats: files with a number or a value put in the place of another', () => {
  fc.assert(
    fc.property(fc.constantFrom(...inputs), fc.nat(), odd, (input, at, value) => {
      const text = input.toString('latin1');
      const numbers = [...text.matchAll(/-?\d+(\.\d+)?|"[^"]*"/g)];
      const found = numbers[at % numbers.length];
      if (found === undefined) return;
      const changed = text.slice(0, found.index) + value + text.slice(found.index + found[0].length);
      readAnything(Buffer.from(changed, 'latin1'));
    }),
    { numRuns: 1500 },
  );
});

test('formats: random bytes and random JSON', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readAnything(bytes)));
  const keys = fc.constantFrom(
    'nodes',
    'head',
    'profiles',
    'shared',
    'traceEvents',
    'samples',
    'callFrame',
    'x',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, 0, -1, 1e300, '', 'sampled'),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(value, (own) => readAnything(Buffer.from(JSON.stringify(own)))),
    { numRuns: 1000 },
  );
});

test('formats: what is deep is read without recursion', () => {
  const depth = 200_000;
  const frame = '"callFrame":{"functionName":"f"}';
  const heads = `{"head":${`{${frame},"id":1,"selfSize":0,"children":[`.repeat(depth)}${']}'.repeat(depth)}}`;
  assert.equal(readBytes(Buffer.from(heads)).samples.count, 0);
  readAnything(Buffer.from('['.repeat(1_000_000)));
  readAnything(Buffer.from(`{"nodes":${'['.repeat(depth)}${']'.repeat(depth)}}`));
  const folded = readBytes(Buffer.from(`${'f;'.repeat(depth)}g 1\n`));
  assert.equal(folded.samples.stack.length, depth + 1);
  assert.match(
    errorOf(`${`${'f;'.repeat(depth)}g 1\n`.repeat(1)}${`h;${'f;'.repeat(depth)}`}`),
    /is not a stack and a count/,
  );
});

test('formats: patterns take no longer on long lines', () => {
  const before = performance.now();
  for (const long of [
    '1'.repeat(60_000),
    '1 '.repeat(30_000),
    ' '.repeat(60_000),
    '0x'.repeat(30_000),
    '('.repeat(60_000),
  ]) {
    readAnything(Buffer.from(`heap profile: 1: 2 [1: 2] @ heap/2\n${long}\n`));
    readAnything(Buffer.from(`--- mutex:\n${long}\n`));
    readAnything(Buffer.from(`--- mutex:\n1 2 @ 0x1\n--- Memory map: ---\n${long}\n`));
    readAnything(Buffer.from(`goroutine profile: total 1\n${long}\n`));
    readAnything(Buffer.from(`node 1 1.0: 1 cycles:\n 1 main (x)\n\n${long}\n`));
    readAnything(Buffer.from(`node 1 1.0: 1 cycles:\n 1 main (x)\n 1 JS:*${long} (y)\n`));
    readAnything(Buffer.from(`a;b 1\n${long}\n`));
  }
  assert.ok(performance.now() - before < 5000);
});

test('convert: any profile is written and read back, or refused', () => {
  fc.assert(
    fc.property(fc.oneof(anyProfile, builtProfile), (profile) => {
      readAnything(Buffer.from(writeSpeedscope(profile, undefined)));
      try {
        readAnything(Buffer.from(writeCpuprofile(profile, 0)));
      } catch (error) {
        assert.ok(error instanceof ProfError && error.code === 'usage', `${error}`);
      }
    }),
    { numRuns: 300 },
  );
});
