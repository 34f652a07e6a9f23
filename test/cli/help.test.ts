import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCommands } from '../../src/cli/commands.js';
import { formatHelp } from '../../src/cli/help.js';
import { golden } from '../golden.js';
import { runProf } from '../run-child.js';
import { someCommand } from './commands.js';

test('formatHelp: usage, examples, then options in two columns', () => {
  golden(formatHelp(someCommand), 'test/data/help/show.txt');
});

test('help: the pages of prof and of a command', async () => {
  const rows: [string[], string][] = [
    [[], 'prof.txt'],
    [['help'], 'prof.txt'],
    [['help', 'help'], 'prof.txt'],
    [['--help'], 'prof.txt'],
    [['-h'], 'prof.txt'],
    [['help', 'cmp'], 'cmp.txt'],
    [['help', 'stat'], 'stat.txt'],
    [['cmp', '--help'], 'cmp.txt'],
    [['cmp', '-help'], 'cmp.txt'],
    [['-h', 'cmp'], 'cmp.txt'],
  ];
  for (const [args, file] of rows) {
    const { status, stdout, stderr } = await runProf(args);
    golden(stdout, `test/data/help/${file}`);
    assert.deepEqual([status, stderr], [0, ''], args.join(' '));
  }
});

test('help: every command has examples, and no line is longer than 80', async () => {
  for (const entry of allCommands()) {
    const command = await entry.load();
    assert.equal(command.name, entry.name);
    assert.ok(command.examples.length > 0, entry.name);
    assert.ok(command.synopsis.startsWith(entry.name), entry.name);
    const long = formatHelp(command)
      .split('\n')
      .filter((line) => [...line].length > 80);
    assert.deepEqual(long, [], entry.name);
  }
});

test('help: options are written as the style says', async () => {
  for (const entry of allCommands()) {
    const { groups } = await entry.load();
    for (const { name, value, help } of groups.flatMap((group) => group.options)) {
      assert.match(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, `${entry.name} --${name}`);
      assert.match(value ?? 'X', /^[A-Z][A-Z:|0-9,]*$/, `${entry.name} --${name}`);
      assert.doesNotMatch(help, /\.$/, `${entry.name} --${name}: full stop`);
    }
  }
});
