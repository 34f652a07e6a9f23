import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { root, runWatched } from './run-watched.js';

/** Programs whose name starts with R have a race, those with N have none. */
function programsIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^[RN][-\d].*\.[cm]?[jt]s$/.test(name)).map((name) => join(folder, name));
}

const place = '.+:\\d+:\\d+\\n';
const report = new RegExp(
  `^WARNING: DATA RACE\\n.* at .* by .*:\\n  .*\\(\\)\\n      ${place}(?:.*\\n)*?Previous .* by .*:\\n  .*\\(\\)\\n      ${place}`,
  'm',
);

for (const file of [
  ...programsIn(join(root, 'test/data/race')),
  ...programsIn(join(root, '../shared/litmus')),
]) {
  test(`litmus: ${basename(file)}`, async () => {
    const { status, text } = await runWatched(file);
    if (basename(file).startsWith('N')) assert.deepEqual({ status, text }, { status: 0, text: '' });
    else {
      assert.equal(status, 66, text);
      assert.match(text, report);
    }
  });
}
