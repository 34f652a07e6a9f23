// Random profiles that use everything which profile.proto has.
import { StringTable } from '../../dist/profile/strings.js';

const names = [
  'main',
  'handleHi',
  'Router.match',
  'Router.add',
  'parse',
  'parse',
  'write',
  '(anonymous)',
  'a',
  'b',
  'node:internal/main',
  'main.(*T).Run[...]',
  'ns::Class::method<int>',
  'java.util.List.<init>',
  'RegExp: ^\\w*$',
  'name with "quotes"',
  'größe',
  '',
  'github.com/x/y/v2/z.Do',
  '.ppc',
  'operator()(int)',
  'f(int, (anonymous namespace)::g)',
];
const files = [
  '',
  '/app/main.ts',
  '/app/src/router.ts',
  'src/render.ts',
  './lib/../lib/x.ts',
  'file:///app/y.js',
  'node:internal/timers',
  '/proc/self/cwd/z.c',
  'C:\\app\\w.ts',
  '/app//double//slash.ts/',
];
const types = [
  ['samples', 'count'],
  ['cpu', 'nanoseconds'],
  ['wall', 'microseconds'],
  ['inuse_objects', 'count'],
  ['inuse_space', 'bytes'],
  ['alloc_space', 'kilobytes'],
  ['delay', 'ms'],
  ['gcu', 'gcu'],
  ['odd', 'widgets'],
  ['hours', 'hours'],
  ['none', ''],
];
const labelKeys = ['bench', 'route', 'thread', 'pprof::x', 'k'];
const labelTexts = ['a', 'b', '/hi', 'x y', 'z"q', '12kb'];
const numberKeys = ['bytes', 'request', 'alignment', 'size', 'latency'];
const numberUnits = ['', '', 'bytes', 'kb', 'ms', 'widgets'];

const starts = (lengths) => {
  const out = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    out[i + 1] = out[i] + length;
  });
  return out;
};

const column = (values) => {
  const sum = values.reduce((s, v) => s + (v < 0n ? -v : v), 0n);
  return sum <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Float64Array.from(values.map(Number))
    : BigInt64Array.from(values);
};

function randomValue(r, style) {
  if (r.chance(0.1)) return 0n;
  const sign = r.chance(style.negative) ? -1n : 1n;
  const size = r.chance(style.huge) ? r.int(40, 62) : r.int(0, style.bits);
  return sign * BigInt(Math.floor(r.next() * 2 ** size));
}

function randomMappings(r) {
  return r.list(0, 3, (i) => ({
    id: BigInt(r.chance(0.9) ? i + 1 : 100 + i),
    start: BigInt(i * 0x10000),
    limit: BigInt((i + 1) * 0x10000),
    offset: BigInt(r.chance(0.3) ? 0x1000 : 0),
    file: r.pick([
      '/app/main.ts',
      '/usr/bin/node',
      '',
      'http://host/debug/pprof',
      'libc.so.6',
      'node:x',
      '/a/b/',
    ]),
    buildId: r.chance(0.2) ? 'abcdef01' : '',
    hasFunctions: r.chance(0.5),
    hasFilenames: r.chance(0.5),
    hasLineNumbers: r.chance(0.5),
    hasInlineFrames: r.chance(0.5),
  }));
}

function randomFuncs(r, number) {
  const count = r.int(1, 25);
  const own = Array.from({ length: count }, () => r.pick(names) + (r.chance(0.5) ? r.int(0, 9) : ''));
  return {
    count,
    id: BigUint64Array.from(own, (_, i) => BigInt(i + 1)),
    name: Uint32Array.from(own, number),
    systemName: Uint32Array.from(own, (name) => number(r.chance(0.8) ? name : r.pick(['_Zmain', '']))),
    file: Uint32Array.from(own, () => number(r.pick(files))),
    startLine: Float64Array.from(own, () => (r.chance(0.5) ? r.int(0, 40) : 0)),
  };
}

function randomLocations(r, funcs, mappings, style) {
  const count = r.int(1, 40);
  const lines = Array.from({ length: count }, () =>
    r.chance(style.unknown)
      ? []
      : r.list(1, r.chance(style.inline) ? 3 : 1, () => [
          r.int(0, funcs - 1),
          r.chance(0.9) ? r.int(0, 60) : r.int(-3, 5000),
          r.chance(0.2) ? r.int(0, 80) : 0,
        ]),
  );
  const flat = lines.flat();
  return {
    count,
    id: BigUint64Array.from(lines, (_, i) => BigInt(i + 1)),
    address: BigUint64Array.from(lines, () => (r.chance(style.address) ? BigInt(r.int(0, 0x30000)) : 0n)),
    mapping: Int32Array.from(lines, () => (mappings > 0 && r.chance(0.8) ? r.int(0, mappings - 1) : -1)),
    isFolded: Uint8Array.from(lines, () => (r.chance(0.05) ? 1 : 0)),
    lineStart: starts(lines.map((l) => l.length)),
    lineFunc: Uint32Array.from(flat, ([func]) => func),
    lineNumber: Float64Array.from(flat, ([, line]) => line),
    lineColumn: Float64Array.from(flat, ([, , columnNumber]) => columnNumber),
  };
}

function randomLabels(r, samples, number, style) {
  const labels = Array.from({ length: samples }, () => {
    const texts = r.chance(style.labels)
      ? r.list(1, 2, () => [number(r.pick(labelKeys)), number(r.pick(labelTexts)), 0n, 0])
      : [];
    const numbers = r.chance(style.numbers)
      ? r.list(1, 2, () => [
          number(r.pick(numberKeys)),
          0,
          BigInt(r.pick([1, 5, 16, 1024, 65536, -7, 3000000])),
          number(style.oneUnit ? 'bytes' : r.pick(numberUnits)),
        ])
      : [];
    return [...texts, ...numbers];
  });
  const flat = labels.flat();
  return {
    start: starts(labels.map((l) => l.length)),
    key: Uint32Array.from(flat, ([key]) => key),
    text: Uint32Array.from(flat, ([, text]) => text),
    number: BigInt64Array.from(flat.map(([, , value]) => value)),
    unit: Uint32Array.from(flat, ([, , , unit]) => unit),
  };
}

/**
 * A random profile.
 *
 * @param sampleTypes - those of a profile that this one is to be compared with
 */
export function randomProfile(r, like) {
  const strings = new StringTable();
  const number = (text) => strings.getOrInsert(text);
  const style = {
    negative: r.chance(0.2) ? 0.3 : 0,
    huge: r.chance(0.1) ? 0.3 : 0,
    bits: r.pick([3, 10, 20, 30, 33]),
    unknown: r.chance(0.3) ? 0.3 : 0,
    inline: r.chance(0.5) ? 0.3 : 0,
    address: r.chance(0.4) ? 0.7 : 0,
    labels: r.chance(0.5) ? 0.6 : 0,
    numbers: r.chance(0.4) ? 0.6 : 0,
    oneUnit: r.chance(0.6),
  };
  const distinct = new Map(r.list(1, 4, () => r.pick(types)));
  const sampleTypes = like?.sampleTypes ?? [...distinct].map(([type, unit]) => ({ type, unit }));
  const mappings = randomMappings(r);
  const funcs = randomFuncs(r, number);
  const locations = randomLocations(r, funcs.count, mappings.length, style);
  const count = r.int(0, r.chance(0.2) ? 200 : 30);
  const stacks = Array.from({ length: count }, () =>
    r.list(r.chance(0.05) ? 0 : 1, 12, () => r.int(0, locations.count - 1)),
  );
  const samples = {
    count,
    start: starts(stacks.map((stack) => stack.length)),
    stack: Uint32Array.from(stacks.flat()),
    values: sampleTypes.map(() => column(Array.from({ length: count }, () => randomValue(r, style)))),
    labels: randomLabels(r, count, number, style),
  };
  return {
    sampleTypes,
    defaultSampleType: r.chance(0.4) ? r.pick([...sampleTypes.map(({ type }) => type), 'nothing']) : '',
    ...{ samples, locations, funcs, mappings, strings },
    comments: r.list(0, 2, () => r.pick(['a comment', '# hidden', 'prof: x'])),
    docUrl: r.chance(0.1) ? 'https://example.com/doc' : '',
    dropFrames: r.chance(0.1) ? r.pick(['parse.*', 'write', '(', 'Router\\.match']) : '',
    keepFrames: r.chance(0.05) ? 'parse1' : '',
    timeNanos: r.chance(0.7)
      ? BigInt(r.int(0, 2 ** 31)) * 1_000_000_000n + BigInt(r.chance(0.5) ? 0 : r.int(0, 999_999_999))
      : 0n,
    durationNanos: r.chance(0.7)
      ? BigInt(r.pick([1, 999, 123_456, 123_456_789, 10_000_000_000, 3_723_000_000_000, -5_000_000_000]))
      : 0n,
    periodType:
      like?.periodType ?? (r.chance(0.6) ? { type: 'cpu', unit: 'nanoseconds' } : { type: '', unit: '' }),
    period: r.chance(0.6) ? BigInt(r.int(0, 1_000_000)) : 0n,
  };
}
