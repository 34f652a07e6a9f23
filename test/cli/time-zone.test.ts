import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { parseZoneFile } from '../../src/cli/zone-file.js';

/** The zone at a time, in a process of its own: a zone is read when a process starts. */
function zoneAt(zone: string, epochSeconds: number): unknown {
  const module = new URL('../../dist/cli/time-zone.js', import.meta.url).href;
  const script = `import('${module}').then((m) => console.log(JSON.stringify(m.localTimeZone(${epochSeconds}))))`;
  const run = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    env: { ...process.env, TZ: zone },
  });
  return JSON.parse(run.stdout);
}

test('localTimeZone: names are those of the system', (t) => {
  if (!existsSync('/usr/share/zoneinfo/Europe/Berlin')) return t.skip('no zoneinfo here');
  assert.deepEqual(zoneAt('Europe/Berlin', 1_700_000_000), { offsetSeconds: 3600, name: 'CET' });
  assert.deepEqual(zoneAt('Europe/Berlin', 1_690_000_000), { offsetSeconds: 7200, name: 'CEST' });
  assert.deepEqual(zoneAt('America/Sao_Paulo', 1_700_000_000), { offsetSeconds: -10_800, name: '-03' });
  assert.deepEqual(zoneAt('Europe/Berlin', 4_000_000_000), { offsetSeconds: 7200, name: 'CEST' });
});

test('localTimeZone: an unknown zone is UTC', () => {
  assert.deepEqual(zoneAt('', 0), { offsetSeconds: 0, name: 'UTC' });
  assert.deepEqual(zoneAt('Nowhere/Land', 0), { offsetSeconds: 0, name: 'UTC' });
});

test('parseZoneFile: other bytes are no zone', () => {
  assert.equal(parseZoneFile(Buffer.alloc(0)), undefined);
  assert.equal(parseZoneFile(Buffer.alloc(100)), undefined);
  assert.equal(parseZoneFile(Buffer.concat([Buffer.from('TZif2'), Buffer.alloc(39, 0xff)])), undefined);
});
