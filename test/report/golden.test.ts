import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../cli/run-command.js';

const folder = join(import.meta.dirname ?? '.', '../data/reports');
const cases = readFileSync(join(folder, 'cases.tsv'), 'utf8').trim().split('\n').slice(1);

for (const line of cases) {
  const [golden = '', command = '', pattern = '', rest = ''] = line.split('\t');
  test(`report: ${golden} is what pprof prints`, async () => {
    const words = rest.split(' ').filter((word) => word !== '');
    const { stdout } = await runCommand(
      [command, ...words.slice(0, -1), ...(pattern === '' ? [] : [pattern]), ...words.slice(-1)],
      { cwd: folder },
    );
    assert.equal(stdout, readFileSync(join(folder, golden), 'utf8'));
  });
}
