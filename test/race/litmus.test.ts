import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { childEnv } = (await import(
  join(root, 'dist/run/child-env.js')
)) as typeof import('../../src/run/child-env.js');

interface Ended {
  readonly status: number | null;
  readonly text: string;
}

/** Runs a program with the detector. */
function runWatched(file: string): Promise<Ended> {
  const child = spawn(process.execPath, [file], {
    env: childEnv(process.env, { race: true }),
    timeout: 60_000,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => (text += part));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, text })));
}

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
