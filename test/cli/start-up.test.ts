import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import module from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandGroups } from '../../src/cli/commands.js';

const prof = fileURLToPath(new URL('../../bin/prof.js', import.meta.url));
const profile = fileURLToPath(new URL('../data/reports/cpu.pb.gz', import.meta.url));
const folded = fileURLToPath(new URL('../data/formats/stacks.folded', import.meta.url));

/** Tells of every module that is loaded, on standard error. */
const hook = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({ load(url, context, next) { writeSync(2, url + '\\n'); return next(url, context); } });
`)}`;

/** The modules that a command line loads, without Node's own. */
function modulesOf(words: readonly string[]): string[] {
  const log = execFileSync('sh', ['-c', 'exec "$@" 2>&1 >/dev/null', 'sh', process.execPath, ...words], {
    encoding: 'utf8',
  });
  return log.split('\n').filter((url) => url.startsWith('file:'));
}

/** Commands that write no report: their modules are loaded one by one. */
const others = ['shell', 'convert', 'web'];
const reports = (commandGroups.find(({ title }) => title === 'Look')?.commands ?? [])
  .map(({ name }) => name)
  .filter((name) => !others.includes(name));

// A proxy of the time that it takes to start, which a test cannot well measure.
test('prof: every report is in the launcher and the bundle', { skip: !('registerHooks' in module) }, () => {
  const check = (...words: readonly string[]): void => {
    const modules = modulesOf(['--import', hook, prof, ...words]);
    assert.deepEqual(
      modules.map((url) => url.replace(/.*\//, '')),
      ['prof.js', 'main.cjs'],
      words.join(' '),
    );
  };
  check('--version');
  for (const name of reports)
    check(name, ...(['list', 'peek', 'weblist'].includes(name) ? ['render'] : []), profile);
  check('top', '--cum', '-nodecount=3', '--focus=render', `--diff-base=${profile}`, profile);
  check('top', '--json', profile);
});

test('prof: a thread that is watched for races loads one module before its own', {
  skip: !('registerHooks' in module),
}, () => {
  const preload = fileURLToPath(new URL('../../dist/race/preload.cjs', import.meta.url));
  const modules = modulesOf(['--import', hook, '--require', preload, '--eval', '0']);
  assert.deepEqual(modules, []);
});

test('prof: what only some calls need is loaded by them', { skip: !('registerHooks' in module) }, () => {
  const check = (words: readonly string[], name: string): void => {
    const modules = modulesOf(['--import', hook, prof, ...words]);
    assert.ok(
      modules.some((url) => url.includes(name)),
      `${words.join(' ')}: ${name}\n${modules.join('\n')}`,
    );
  };
  check(['top', '--help'], '/node_modules/commander/');
  check(['top', '--focus=^render', profile], '/node_modules/re2js/');
  check(['top', folded], '/dist/formats/');
  check(['ls'], '/dist/cli/ls.js');
});
