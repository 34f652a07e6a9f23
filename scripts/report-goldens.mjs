// Makes the profiles of test/data/reports, and with --go GO also what Go's pprof prints for the calls in
// its cases.tsv. The tests compare what prof prints with that.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProfileBuilder } from '../dist/profile/builder.js';
import { encodeProfileGzip } from '../dist/profile/encode.js';
import { randomFrom } from './compare-pprof/random.mjs';
import { randomProfile } from './compare-pprof/random-profile.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../test/data/reports');

const frame = (name, startLine, line, file = 'src/app.ts') => ({ name, file, startLine, line });
const at = {
  main: frame('BenchmarkHi', 3, 5, 'src/app.bench.ts'),
  handle: (line) => frame('handleHi', 2, line),
  render: (line) => frame('render', 11, line),
  fold: frame('fold', 19, 20),
  log: frame('log', 23, 24),
  regexp: frame('RegExp: ^\\w*$', 0, 0, ''),
  gc: frame('(garbage collector)', 0, 0, ''),
};
const under = (...stack) => [...stack, at.main];

function cpu(name, scale) {
  const builder = new ProfileBuilder({
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period: 1_000_000,
    timeNanos: 1_700_000_000_123_456_789n,
    durationNanos: 2_500_000_000,
    comments: ['variant: step3', '# hidden'],
    mappingFile: '/code/app.bench.ts',
  });
  const add = (stack, count, labels) =>
    builder.addSample(stack, [Math.round(count * scale), Math.round(count * scale) * 1_000_000], labels);
  add(under(at.regexp, at.handle(3)), 640, { bench: 'Hi' });
  add(under(at.handle(3)), 25, { bench: 'Hi' });
  add(under(at.render(14), at.handle(6)), 410, { bench: 'Hi' });
  add(under(at.fold, at.fold, at.fold, at.render(16), at.handle(6)), 121, { bench: 'Hi' });
  add(under(at.fold, at.render(16), at.handle(6)), 40, { bench: 'HiParallel', thread: '2' });
  add(under(at.log, at.handle(7)), 7, { bench: 'Hi' });
  add([at.gc], 90, {});
  add(under(), 3, { bench: 'Hi' });
  writeFileSync(join(folder, name), encodeProfileGzip(builder.build()));
}

function heap() {
  const builder = new ProfileBuilder({
    sampleTypes: [
      ['alloc_objects', 'count'],
      ['alloc_space', 'bytes'],
      ['inuse_objects', 'count'],
      ['inuse_space', 'bytes'],
    ].map(([type, unit]) => ({ type, unit })),
    defaultSampleType: 'alloc_space',
    periodType: { type: 'space', unit: 'bytes' },
    period: 524_288,
    mappingFile: '/code/app.bench.ts',
  });
  builder.addSample(under(at.render(11), at.handle(2)), [3000, 1_179_648, 10, 3932]);
  builder.addSample(under(at.fold, at.render(11), at.handle(2)), [9000, 655_360, 0, 0]);
  builder.addSample(under(at.log, at.handle(2)), [12, 5 * 2 ** 30, 12, 2 ** 31]);
  writeFileSync(join(folder, 'heap.pb.gz'), encodeProfileGzip(builder.build()));
}

/** Values near 2^63, so that the sum of three edges is past it. */
function huge() {
  const builder = new ProfileBuilder({
    sampleTypes: [{ type: 'delay', unit: 'nanoseconds' }],
    periodType: { type: 'delay', unit: 'nanoseconds' },
    period: 1,
    mappingFile: '/code/app.bench.ts',
  });
  const handle = at.handle(2);
  builder.addSample([at.fold, handle, at.log, handle, at.regexp, handle], [1]);
  builder.addSample([at.gc, at.render(11)], [1]);
  const profile = builder.build();
  const values = BigInt64Array.from([3.2, 2], (value) => BigInt(value * 1e18));
  const samples = { ...profile.samples, values: [values] };
  writeFileSync(join(folder, 'huge.pb.gz'), encodeProfileGzip({ ...profile, samples }));
}

cpu('cpu.pb.gz', 1);
cpu('cpu-new.pb.gz', 0.6);
heap();
huge();
for (const seed of [3, 5, 7])
  writeFileSync(join(folder, `odd-${seed}.pb.gz`), encodeProfileGzip(randomProfile(randomFrom(seed))));

const goAt = process.argv.indexOf('--go');
if (goAt > 0) {
  const pprof = execFileSync(process.argv[goAt + 1], ['tool', '-n', 'pprof'], { encoding: 'utf8' }).trim();
  for (const line of readFileSync(join(folder, 'cases.tsv'), 'utf8').trim().split('\n').slice(1)) {
    const [golden, command, pattern, rest] = line.split('\t');
    const words = rest.split(' ').filter((word) => word !== '');
    const report = pattern === '' ? `-${command}` : `-${command}=${pattern}`;
    const run = spawnSync(pprof, ['-symbolize=none', report, ...words], {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, TZ: 'UTC' },
    });
    if (run.status !== 0) throw new Error(`${line}: ${run.stderr}`);
    writeFileSync(join(folder, golden), run.stdout);
  }
}
