import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { root, runDelayed, runWatched } from './run-watched.js';

/** Programs whose name starts with R have a race, those with N have none. */
function programsIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^[RN][-\d].*\.[cm]?[jt]s$/.test(name)).map((name) => join(folder, name));
}

const files = [...programsIn(join(root, 'test/data/race')), ...programsIn(join(root, '../shared/litmus'))];

const place = '.+:\\d+:\\d+\\n';
const report = new RegExp(
  `^WARNING: DATA RACE\\n.* at .* by .*:\\n  .*\\(\\)\\n      ${place}(?:.*\\n)*?Previous .* by .*:\\n  .*\\(\\)\\n      ${place}`,
  'm',
);

for (const file of files) {
  test(`litmus: ${basename(file)}`, async () => {
    const { status, text } = await runWatched(file);
    if (basename(file).startsWith('N')) assert.deepEqual({ status, text }, { status: 0, text: '' });
    else {
      assert.equal(status, 66, text);
      assert.match(text, report);
    }
  });
}

/** Programs whose threads wait for one another in many steps. */
const stepwise = /N\S*(mutex|lock|ring|semaphore|barrier|wait|receive|port)/;

for (const file of files.filter((name) => stepwise.test(basename(name)))) {
  test(`litmus: ${basename(file)}, delayed at random`, async () => {
    const seed = Math.floor(Math.random() * 1e6);
    const { status, text } = await runDelayed(file, seed);
    const replay = `node scripts/litmus.mjs test/data/race --only=${basename(file)} --delays=${seed}`;
    assert.deepEqual({ status, text }, { status: 0, text: '' }, `Replay: ${replay}`);
  });
}
