import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCpuprofile } from '../../src/formats/write-cpuprofile.js';
import { writeSpeedscope } from '../../src/formats/write-speedscope.js';
import { profileOf } from '../profile/stacks.js';
import { type ReadProfile, speedscopeImporter } from './speedscope-reader.js';

// What prof writes is read by speedscope's own importer, for its format and for Chrome's.

const importer = speedscopeImporter();

const profile = profileOf(
  'main@/app/a.ts:3/1;parse@/app/b.ts:12/10 2 4000000\nmain@/app/a.ts:5/1 1 2000000\n(garbage\u00a0collector) 1 1000000',
  {
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    durationNanos: 10_000_000,
  },
);

async function read(
  name: string,
  text: string,
): Promise<{ shown: number; profiles: readonly ReadProfile[] }> {
  const group = await importer.importProfileGroupFromText(name, text);
  assert.ok(group !== null, 'the importer did not know the format');
  return { shown: group.indexToView, profiles: group.profiles };
}

/** Self weights by `name file:line`. */
function weights(read: ReadProfile | undefined): Record<string, number> {
  const found: Record<string, number> = {};
  read?.forEachFrame((frame) => {
    found[`${frame.name} ${frame.file ?? ''}:${frame.line ?? 0}`] = frame.getSelfWeight();
  });
  return found;
}

test('speedscope: its importer reads what is written, the default type first', async () => {
  const { shown, profiles } = await read('a.speedscope.json', writeSpeedscope(profile, undefined));
  assert.deepEqual(
    Array.from(profiles, (own) => [own.getName(), own.getWeightUnit(), own.getTotalWeight()]),
    [
      ['samples', 'none', 4],
      ['cpu', 'nanoseconds', 7_000_000],
    ],
  );
  assert.equal(shown, 1);
  assert.deepEqual(weights(profiles[1]), {
    'main /app/a.ts:1': 2_000_000,
    'parse /app/b.ts:10': 4_000_000,
    '(garbage\u00a0collector) :0': 1_000_000,
  });
});

test('cpuprofile: speedscope reads what is written, times and all', async () => {
  const { profiles } = await read('a.cpuprofile', writeCpuprofile(profile, 1));
  const [own] = profiles;
  assert.equal(own?.getWeightUnit(), 'microseconds');
  const read1 = weights(own);
  assert.equal(Object.entries(read1).find(([name]) => name.startsWith('parse'))?.[1], 4000);
  assert.equal(Object.entries(read1).find(([name]) => name.startsWith('main'))?.[1], 2000);
});
