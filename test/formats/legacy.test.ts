import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ProfError } from '../../src/error.js';
import { readOtherFormat } from '../../src/formats/read.js';
import { runCommand } from '../cli/run-command.js';
import { readWhole } from './check-converter.js';

const folder = join(import.meta.dirname ?? '.', '../data/legacy');

for (const golden of readdirSync(folder).filter((name) => name.endsWith('.raw'))) {
  const file = golden.replace(/\.raw$/, '');
  test(`legacy: ${file} reads as pprof reads it`, async () => {
    await readWhole(readFileSync(join(folder, file)));
    const { stdout } = await runCommand(['raw', file], { cwd: folder });
    assert.equal(stdout, readFileSync(join(folder, golden), 'utf8'));
  });
}

test('legacy: a damaged file names its line', () => {
  const check = (text: string, want: RegExp): void =>
    assert.throws(
      () => readOtherFormat(Buffer.from(text), 'x'),
      (error) => error instanceof ProfError && want.test(error.message),
    );
  check(
    'heap profile: 1: 2 [1: 2] @ heap/2\nnonsense\n',
    /^x:2: "nonsense" is not a sample of a heap profile$/,
  );
  check('heap profile: 1: 2 [1: 2] @ heap/2\n0: 5 [1: 2] @ 0x1\n', /^x:2: .* has 5 bytes in no object$/);
  check(
    'heap profile: 1: 2 [1: 2] @ heap/2\n1: 5 [1: 2] @ 0x11111111111111111\n',
    /^x:2: .* has an address past 64 bits$/,
  );
  check('--- mutex:\nfoo=1\n', /^x:2: "foo=1" is not something that contention profiles say/);
  check('goroutine profile: total 3\n1 @ nothing\n', /^x:2: .* is not a count and a stack/);
  check('--- Thread 7f (name: a/1) stack: ---\n0x1\n--- what\n', /^x:3: .* is not the beginning of a thread/);
});
