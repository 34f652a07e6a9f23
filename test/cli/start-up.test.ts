import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import module from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const prof = fileURLToPath(new URL('../../bin/prof.js', import.meta.url));
const profile = fileURLToPath(new URL('../data/reports/cpu.pb.gz', import.meta.url));

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

// A proxy of the time that it takes to start, which a test cannot well measure.
test('prof: how many modules a command loads', { skip: !('registerHooks' in module) }, () => {
  const check = (words: readonly string[], most: number): void => {
    const modules = modulesOf(['--import', hook, prof, ...words]);
    assert.ok(modules.length > 3, 'the log is read');
    assert.ok(modules.length <= most, `${words.join(' ')}: ${modules.length} modules\n${modules.join('\n')}`);
  };
  check(['--version'], 10);
  check(['top', profile], 60);
  check(['top', '--cum', profile], 70);
  check(['raw', profile], 50);
});

test('prof: no parser for words, flags and values, no regular expressions without a pattern', {
  skip: !('registerHooks' in module),
}, () => {
  const loads = (words: readonly string[], name: string): boolean =>
    modulesOf(['--import', hook, prof, ...words]).some((url) => url.includes(`/node_modules/${name}/`));
  assert.equal(loads(['top', profile], 'commander'), false);
  assert.equal(loads(['top', '--cum', '-nodecount=3', profile], 'commander'), false);
  assert.equal(loads(['top', '--help'], 'commander'), true);
  assert.equal(loads(['top', '--focus=render', profile], 're2js'), false);
  assert.equal(loads(['top', '--focus=^render', profile], 're2js'), true);
});
