// A profile of any size, as a large program gives one: `largeProfile(300_000)` is 24 MB unzipped.
import { encodeProfileGzip } from '../dist/profile/encode.js';
import { StringTable } from '../dist/profile/strings.js';
import { randomFrom } from './compare-pprof/random.mjs';

const funcCount = 20_000;
const depth = 24;

/** A profile of so many samples, each stack a walk down a call graph of 20 000 functions. */
export function largeProfile(sampleCount) {
  const r = randomFrom(42);
  const strings = new StringTable();
  const number = (text) => strings.getOrInsert(text);
  const funcs = {
    count: funcCount,
    id: BigUint64Array.from({ length: funcCount }, (_, i) => BigInt(i + 1)),
    name: Uint32Array.from({ length: funcCount }, (_, i) => number(`Module${i % 300}.method${i}`)),
    systemName: new Uint32Array(funcCount),
    file: Uint32Array.from({ length: funcCount }, (_, i) =>
      number(`/app/node_modules/package${i % 700}/dist/file${i % 7}.js`),
    ),
    startLine: Float64Array.from({ length: funcCount }, (_, i) => (i * 7) % 900),
  };
  funcs.systemName.set(funcs.name);
  const count = 2 * funcCount;
  const locations = {
    count,
    id: BigUint64Array.from({ length: count }, (_, i) => BigInt(i + 1)),
    address: new BigUint64Array(count),
    mapping: new Int32Array(count),
    isFolded: new Uint8Array(count),
    lineStart: Uint32Array.from({ length: count + 1 }, (_, i) => i),
    lineFunc: Uint32Array.from({ length: count }, (_, i) => i >> 1),
    lineNumber: Float64Array.from({ length: count }, (_, i) => (((i >> 1) * 7) % 900) + (i % 2) + 1),
    lineColumn: new Float64Array(count),
  };
  const start = new Uint32Array(sampleCount + 1);
  const stack = new Uint32Array(sampleCount * (depth + 8));
  const samples = new Float64Array(sampleCount);
  const cpu = new Float64Array(sampleCount);
  let length = 0;
  for (let i = 0; i < sampleCount; i++) {
    const own = depth - 8 + r.int(0, 16);
    const at = length;
    let func = r.int(0, 9);
    for (let d = 0; d < own; d++) {
      stack[at + own - 1 - d] = 2 * func + (r.next() < 0.5 ? 0 : 1);
      func = (func * 31 + 7 + Math.floor(r.next() ** 3 * 40)) % funcCount;
    }
    length += own;
    start[i + 1] = length;
    samples[i] = 1 + Math.floor(r.next() ** 4 * 20);
    cpu[i] = samples[i] * 1_000_000;
  }
  const none = new Uint32Array();
  return {
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    samples: {
      ...{ count: sampleCount, start, stack: stack.subarray(0, length), values: [samples, cpu] },
      labels: {
        start: new Uint32Array(sampleCount + 1),
        key: none,
        text: none,
        number: new BigInt64Array(),
        unit: none,
      },
    },
    ...{ locations, funcs, strings },
    mappings: [
      {
        id: 1n,
        start: 0n,
        limit: 0n,
        offset: 0n,
        file: '/app/main.js',
        buildId: '',
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
        hasInlineFrames: false,
      },
    ],
    ...{ comments: [], docUrl: '', dropFrames: '', keepFrames: '' },
    ...{ timeNanos: 1_700_000_000_000_000_000n, durationNanos: 60_000_000_000n, period: 1_000_000n },
    periodType: { type: 'cpu', unit: 'nanoseconds' },
  };
}

/** Its bytes as a file. */
export function largeProfileFile(sampleCount) {
  return encodeProfileGzip(largeProfile(sampleCount));
}
