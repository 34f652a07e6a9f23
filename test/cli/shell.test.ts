import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completeLine } from '../../src/cli/shell/complete.js';
import { ShellConfig } from '../../src/cli/shell/config.js';
import { History } from '../../src/cli/shell/history.js';
import { parseShellCall } from '../../src/cli/shell/line.js';
import { profileOf } from '../profile/stacks.js';
import { tempFolder } from '../temp-folder.js';
import { type CommandResult, runCommand } from './run-command.js';

const folder = join(import.meta.dirname ?? '.', '../data/reports');

async function shell(lines: readonly string[]): Promise<CommandResult> {
  return runCommand(['shell', 'cpu.pb.gz'], { cwd: folder, stdin: Buffer.from(`${lines.join('\n')}\n`) });
}

test('shell: what pprof prints for the same lines', async () => {
  const lines = readFileSync(join(folder, 'shell.commands'), 'utf8').trimEnd().split('\n');
  const { stdout } = await shell(lines);
  assert.equal(stdout, readFileSync(join(folder, 'cpu.shell.txt'), 'utf8'));
});

test('shell: a bare word of a group chooses, as with =true', async () => {
  const [bare, full] = [await shell(['cum', 'top3']), await shell(['cum=true', 'top3'])];
  assert.equal(bare.stdout, full.stdout);
  assert.match(bare.stdout, / BenchmarkHi\n.* handleHi\n/);
});

test('shell: mistakes are told and the shell goes on', async () => {
  const check = async (line: string, want: string): Promise<void> => {
    const { stdout, stderr, status } = await shell([line, 'top1']);
    assert.ok(stderr.includes(want), `${line}: ${stderr}`);
    assert.match(stdout, /Showing top 1 nodes/);
    assert.equal(status, 0);
  };
  await check('foo', 'unrecognized command: "foo"');
  await check('focus', 'please specify a value, e.g. focus=<val>');
  await check('focus render', 'did you mean: focus=render');
  await check('list', 'command list requires an argument');
  await check('list nothing', 'no matches found for regexp: nothing');
  await check('sample_index=nope', 'sample index "nope" is not in this profile');
  await check('nodecount=many', 'nodecount: "many" is not a whole number');
  await check('top >', 'unexpected end of line after >');
  await check('help nothing', 'Unknown command: nothing');
});

test('shell: the help and the variables are one of a kind', async () => {
  const { stderr } = await shell(['o', 'help', 'help top', 'help focus']);
  assert.match(stderr, /^ {2}sample_index {14}= cpu {18}\/\/: \[samples \| cpu\]$/m);
  assert.match(stderr, /^ {2}nodecount {17}= -1 {19}\/\/: default$/m);
  assert.match(stderr, /^top \[n\] /m);
  assert.match(stderr, /^focus=<val>$/m);
});

test('parseShellCall: numbers, filters and files', () => {
  const call = parseShellCall(['top10', 'a', '-b', 'c', '-cum', '>out'], new ShellConfig());
  const value = (name: string): string => call.config.get(name);
  assert.deepEqual(
    [call.command, value('nodecount'), value('focus'), value('ignore'), value('sort'), value('output')],
    ['top', '10', 'a|c', 'b', 'cum', 'out'],
  );
  assert.equal(parseShellCall(['tags', 'a'], new ShellConfig()).config.get('tagfocus'), 'a');
  assert.equal(parseShellCall(['top'], new ShellConfig()).config.get('nodecount'), '10');
  assert.equal(parseShellCall(['tree'], new ShellConfig()).config.get('nodecount'), '-1');
});

test('completeLine: commands, variables, functions', () => {
  const profile = profileOf('main;parse;parseLine 3');
  const check = (line: string, want: readonly string[], word = /\S*$/.exec(line)?.[0]): void =>
    assert.deepEqual(completeLine(profile, line), [want, word], line);
  check('topp', ['topproto']);
  check('foc', ['focus=']);
  check('help tagf', ['tagfocus']);
  check('list arse', ['parse', 'parseLine']);
  check('top -', ['-cum']);
  check('top -parseL', ['-parseLine']);
  check('top10 main -arseL', ['-parseLine']);
  check('sort=', ['sort=cum', 'sort=flat']);
  check('trim=f', ['trim=false']);
  check('focus=ain', ['focus=main']);
  check('unit=m', []);
  check('top >pa', []);
  check('top > pa', []);
  check('list nothing', []);
});

test('completeLine: what was typed is not written over', () => {
  const complete = (line: string): string[] => completeLine(profileOf('handleHi;showHi 1'), line)[0];
  assert.deepEqual(complete('list Hi'), ['Hi', 'handleHi', 'showHi']); // they have no beginning in common
  assert.deepEqual(complete('list ndleH'), ['handleHi']);
  const alike = Array.from({ length: 101 }, (_, i) => `main;same${i} 1`).join('\n');
  const many = completeLine(profileOf(alike), 'list sa');
  assert.deepEqual(many, [['101 functions', '(type a part of a name)'], 'sa']);
});

test('completeLine: a function comes as a pattern that matches it', () => {
  const complete = (line: string): string[] => completeLine(profileOf('$scope.f;g(int) 1'), line)[0];
  assert.deepEqual(complete('list scope'), ['\\$scope.f']);
  assert.deepEqual(complete('list g\\(i'), ['g\\(int\\)']);
});

test('History: lines come back latest first, and the file does not grow without end', (t) => {
  const env = { XDG_STATE_HOME: tempFolder(t) };
  const history = new History(env);
  assert.deepEqual(history.read(), []);
  for (const line of ['top', '  ', 'list x']) history.add(line);
  assert.deepEqual(new History(env).read(), ['list x', 'top']);
  const file = join(env.XDG_STATE_HOME, 'prof/history');
  writeFileSync(file, Array.from({ length: 1001 }, (_, i) => `top${i}\n`).join(''));
  assert.deepEqual([history.read().length, history.read()[0]], [500, 'top1000']);
  assert.equal(readFileSync(file, 'utf8').split('\n').length, 501);
});

test('History: nothing is said where it cannot be kept', (t) => {
  const folder = tempFolder(t, { file: '' });
  const history = new History({ XDG_STATE_HOME: join(folder, 'file') });
  history.add('top');
  assert.deepEqual(history.read(), []);
});
