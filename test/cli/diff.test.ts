import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ProfileBuilder } from '../../src/profile/builder.js';
import { encodeProfileGzip } from '../../src/profile/encode.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

/** Samples as `bench stack;leaf last nanoseconds`. */
function profile(samples: readonly string[], operations: Readonly<Record<string, number>>): Uint8Array {
  const builder = new ProfileBuilder({
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period: 1,
    timeNanos: 0n,
    durationNanos: 0,
    comments: Object.entries(operations).map(([name, count]) => `# operations: ${name} ${count}`),
    mappingFile: '/app/x.js',
  });
  for (const sample of samples) {
    const [bench = '', stack = '', nanos = ''] = sample.split(' ');
    const frames = stack.split(';').reverse();
    builder.addSample(
      frames.map((name) => ({ name, systemName: name, file: '/app/x.js', startLine: 1, line: 1 })),
      [1, Number(nanos)],
      { bench },
    );
  }
  return encodeProfileGzip(builder.build());
}

/** Six profiles on each side: `hot` takes a fifth longer on the new one, and each ran another number of operations. */
function folder(t: TestContext, isCounted: boolean): string {
  const cwd = tempFolder(t);
  for (const [side, factor] of [
    ['old', 1],
    ['new', 1.2],
  ] as const) {
    for (let i = 0; i < 6; i++) {
      const count = 1000 + 100 * i;
      const cost = (base: number): number => Math.round(count * (base + ((i * 5) % 7) / 10));
      const samples = [
        `A main;hot ${cost(200 * factor)}`,
        `A main;cold ${cost(100)}`,
        `B main;cold ${2 * cost(50)}`,
      ];
      const operations = isCounted ? { A: count, B: 2 * count } : {};
      writeFileSync(join(cwd, `${side}.${i}`), profile(samples, operations));
    }
  }
  return cwd;
}

const files = (side: string): string[] => [0, 1, 2, 3, 4, 5].map((i) => `${side}.${i}`);

test('diff: costs of one operation of each benchmark', async (t) => {
  const cwd = folder(t, true);
  const { status, stdout, stderr } = await runProf(['diff', ...files('old'), ...files('new')], { cwd });
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(stdout.split('\n'), [
    'cpu per operation; medians of 6 old and 6 new profiles, intervals at 95%',
    "1 of 2 functions differ (p adjusted by Holm's method)",
    '      old      new    delta            interval      p  p (Holm)  function',
    '  200.4ns  240.4ns  +19.97%  [+19.82%, +20.11%]  0.002     0.004  hot',
    '  150.7ns  150.7ns        ~    [-0.40%, +0.40%]  1.000     1.000  cold',
    '',
  ]);
});

test('diff: shares where operations are not known; options of the reports', async (t) => {
  const cwd = folder(t, false);
  const args = [...files('old').flatMap((file) => ['--base', file]), ...files('new')];
  const { stdout } = await runProf(['diff', '--json', '--cum', '--focus=hot', ...args], { cwd });
  const { per, sizes, sampleType, rows } = JSON.parse(stdout);
  assert.deepEqual([per, sizes, sampleType], ['total', [6, 6], { type: 'cpu', unit: 'nanoseconds' }]);
  assert.deepEqual(rows.map(({ name }: { name: string }) => name).sort(), ['hot', 'main']);
  const samples = await runProf(
    ['diff', '--md', '--sample-index=samples', ...files('old'), ...files('new')],
    { cwd },
  );
  assert.match(samples.stdout, /^samples as a share .*\nno function differs/);
});

test('diff: profiles of different kinds', async (t) => {
  const cwd = tempFolder(t);
  writeFileSync(join(cwd, 'b.cpu'), profile(['X f 5'], { X: 1 }));
  const heap = {
    head: { callFrame: { functionName: 'f', url: '', lineNumber: 0 }, selfSize: 8, children: [] },
  };
  writeFileSync(join(cwd, 'm.heapprofile'), JSON.stringify(heap));
  const differ = await runProf(['diff', 'b.cpu', 'm.heapprofile'], { cwd });
  assert.deepEqual([differ.status, differ.stdout], [1, '']);
  assert.match(
    differ.stderr,
    /^prof: the profiles have no sample type in common\n {2}One has samples, cpu\.\n/,
  );
});

test('diff: too few profiles, and profiles that cannot be halved', async (t) => {
  const cwd = folder(t, true);
  const few = await runProf(['diff', 'old.0', 'new.0'], { cwd });
  assert.deepEqual(
    [few.status, few.stderr],
    [0, 'prof: 1 and 1 profiles are too few to tell a difference from noise; 4 on each side are the least\n'],
  );
  assert.match(few.stdout, /\[-Inf%, \+Inf%\]/);
  const odd = await runProf(['diff', 'old.0', 'old.1', 'new.0'], { cwd });
  assert.deepEqual(odd, {
    status: 2,
    stdout: '',
    stderr:
      'prof: diff: 3 profiles cannot be halved into old and new ones\n' +
      '  Give as many new profiles as old ones, or each old one with --base.\n',
  });
  assert.equal((await runProf(['diff', 'old.0', 'nope'], { cwd })).status, 1);
});
