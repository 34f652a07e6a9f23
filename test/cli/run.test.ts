import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeProfileGzip } from '../../src/profile/encode.js';
import { profileOf } from '../profile/stacks.js';
import { runProf } from '../run-child.js';
import { tempFolder } from '../temp-folder.js';

test('prof: --version prints the version in package.json', async () => {
  const version = /"version": "(.*)"/.exec(readFileSync('package.json', 'utf8'))?.[1];
  for (const word of ['--version', '-V', 'version']) {
    assert.deepEqual(await runProf([word]), { status: 0, stdout: `${version}\n`, stderr: '' });
  }
});

test('prof: options in every form, before and behind the files', async (t) => {
  const file = join(tempFolder(t), 'prof.cpu');
  const profile = profileOf('main;parse;lex 3 40\nmain;parse 2 10\nmain;print 1 900\nmain 5 1');
  writeFileSync(file, encodeProfileGzip(profile));
  const rows: [string, string[]][] = [
    ['--cum', ['-cum', '--cum=true', '-cum=1', '--CUM']],
    ['--node-count=2', ['-nodecount=2', '--nodecount 2', '--node_count=2', '-node-count 2']],
    ['--no-trim', ['-trim=false', '--trim=false', '--notrim', '--no-trim=true']],
    ['--sample-index=0', ['--sample_index=0', '-sample_index 0', '--sampleindex=type0']],
  ];
  for (const [option, others] of rows) {
    const want = await runProf(['top', option, file]);
    assert.deepEqual([want.status, want.stderr], [0, ''], option);
    for (const words of others) {
      assert.deepEqual(await runProf(['top', file, ...words.split(' ')]), want, words);
    }
  }
});

test('prof: wrong words on the command line', async () => {
  const check = async (args: readonly string[], stderr: string): Promise<void> => {
    assert.deepEqual(await runProf(args), { status: 2, stdout: '', stderr }, args.join(' '));
  };
  const near = '  Did you mean `prof cmp`?\n';
  await check(['cpm'], `prof: unknown command "cpm"\n${near}`);
  await check(['help', 'cpm'], `prof: unknown command "cpm"\n${near}`);
  await check(['frobnicate'], 'prof: unknown command "frobnicate"\n  Run `prof help`.\n');
  await check(['constructor'], 'prof: unknown command "constructor"\n  Run `prof help`.\n');
  const behind = '  Options stand behind the command: prof <command> [options].\n';
  await check(['-best', 'cmp'], `prof: unknown option "-best"\n${behind}`);
  const help = '  Run `prof help cmp`.\n';
  await check(
    ['cmp', '--bset', 'a', 'b'],
    `prof: cmp: unknown option "--bset"\n  Did you mean --best?\n${help}`,
  );
  await check(['cmp', '--best=x', 'a', 'b'], `prof: --best: "x" is not true or false\n${help}`);
});

const runs = ['test/data/cmp/old.txt', 'test/data/cmp/new.txt'];

test('prof: colour by option, before the command or behind', async () => {
  const check = async (args: readonly string[], env: NodeJS.ProcessEnv, want: boolean): Promise<void> => {
    const { stdout } = await runProf(args, { env: { ...process.env, ...env } });
    assert.equal(/\x1b\[3\dm/.test(stdout), want, args.join(' '));
  };
  await check(['--color', 'cmp', ...runs], {}, true);
  await check(['cmp', ...runs, '--color'], {}, true);
  await check(['cmp', ...runs, '--color'], { NO_COLOR: '1' }, true); // the option wins
  await check(['--color', 'cmp', ...runs, '--no-color'], {}, false);
  await check(['cmp', ...runs], { FORCE_COLOR: '3' }, false);
});

test('prof: a reader that stops reading is no failure', async (t) => {
  // Far more than a pipe holds.
  const file = join(tempFolder(t, { 'run.txt': 'BenchmarkX 1 1 ns/op\n'.repeat(20_000) }), 'run.txt');
  const child = spawn(process.execPath, ['bin/prof.js', 'cmp', file, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  child.stdout.once('data', () => child.stdout.destroy());
  const [status] = await once(child, 'close');
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
