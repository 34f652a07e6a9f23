import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { prof } from './prof.js';

test('prof: --version prints the version in package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  for (const word of ['--version', '-V', 'version']) {
    assert.deepEqual(prof([word]), { status: 0, stdout: `${version}\n`, stderr: '' });
  }
});

test('prof: wrong words on the command line', () => {
  const check = (args: readonly string[], stderr: string): void => {
    assert.deepEqual(prof(args), { status: 2, stdout: '', stderr }, args.join(' '));
  };
  check(['cpm'], 'prof: unknown command "cpm"\n  Did you mean `prof cmp`?\n');
  check(['help', 'cpm'], 'prof: unknown command "cpm"\n  Did you mean `prof cmp`?\n');
  check(['frobnicate'], 'prof: unknown command "frobnicate"\n  Run `prof help`.\n');
  check(['constructor'], 'prof: unknown command "constructor"\n  Run `prof help`.\n');
  check(
    ['-best', 'cmp'],
    'prof: unknown option "-best"\n  Options stand behind the command: prof <command> [options].\n',
  );
  check(
    ['cmp', '--bset', 'a', 'b'],
    'prof: cmp: unknown option "--bset"\n  Did you mean --best?\n  Run `prof help cmp`.\n',
  );
  check(['cmp', '--best=x', 'a', 'b'], 'prof: --best: "x" is not true or false\n  Run `prof help cmp`.\n');
});

const runs = ['test/data/cmp/old.txt', 'test/data/cmp/new.txt'];
const red = /\x1b\[3\dm/;

test('prof: colour by option, before the command or behind', () => {
  assert.match(prof(['--color', 'cmp', ...runs]).stdout, red);
  assert.match(prof(['cmp', ...runs, '--color']).stdout, red);
  assert.match(prof(['cmp', ...runs, '--color'], { env: { NO_COLOR: '1' } }).stdout, red); // the option wins
  assert.doesNotMatch(prof(['--color', 'cmp', ...runs, '--no-color']).stdout, red);
  assert.doesNotMatch(prof(['cmp', ...runs], { env: { FORCE_COLOR: '3' } }).stdout, red);
});

test('prof: a reader that stops reading is no failure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prof-run-'));
  const file = join(folder, 'run.txt');
  writeFileSync(file, 'BenchmarkX 1 1 ns/op\n'.repeat(20_000)); // far more than a pipe holds
  const child = spawn(process.execPath, ['bin/prof.js', 'cmp', file, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  child.stdout.once('data', () => child.stdout.destroy());
  const [status] = await once(child, 'close');
  rmSync(folder, { recursive: true });
  assert.deepEqual([status, errors.join('')], [0, '']);
});

test('prof: a full disk behind standard output', { skip: !existsSync('/dev/full') }, async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, ['bin/prof.js', 'cmp', ...runs], { stdio: ['ignore', full, 'pipe'] });
  const errors: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const [status] = await once(child, 'close');
  closeSync(full);
  assert.equal(status, 1);
  assert.match(errors.join(''), /^prof: standard output cannot be written: ENOSPC$/m);
});
