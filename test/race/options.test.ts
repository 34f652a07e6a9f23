import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRaceOptions, parseRaceOptions } from '../../src/race/options.js';
import { isSuppressed, parseSuppressions, strangeLines } from '../../src/race/suppress.js';

test('parseRaceOptions: what is set, and what cannot be meant', () => {
  const check = (text: string, want: object, problems: readonly string[] = []): void =>
    assert.deepEqual(
      parseRaceOptions(text),
      {
        options: { ...defaultRaceOptions, ...want },
        problems: problems.map((word) => `PROFRACE: "${word}" is not an option`),
      },
      text,
    );
  check('', {});
  check('exitcode=7', { exitCode: 7 });
  check('halt_on_error=1', { haltOnError: true });
  check('halt_on_error=yes', {}, ['halt_on_error=yes']);
  check('format=json', { format: 'json' });
  check('  log_path=a.log  history_size=0 ', { logPath: 'a.log', historySize: 0 });
  check('strip_path_prefix=', { stripPathPrefix: '' }); // whole paths
  check('wasm=1', { wasm: true });
  check('suppressions=a=b', { suppressions: 'a=b' });
  check('exitcode=256', {}, ['exitcode=256']);
  check('history_size=8 exitcode=1', { exitCode: 1 }, ['history_size=8']);
  check('log_path= verbose', {}, ['log_path=', 'verbose']);
});

test('isSuppressed: by function or file, anywhere or on top', () => {
  const frame = (name: string, file: string) => ({ name, file, line: 1, column: 1 });
  const access = {
    kind: 'read',
    thread: 1,
    frames: [frame('add', 'src/count.ts'), frame('serve', 'src/main.ts')],
  };
  const previous = { kind: 'write', thread: 2, frames: [frame('reset', 'src/reset.ts')] };
  const check = (text: string, want: boolean): void =>
    assert.equal(isSuppressed({ access, previous }, parseSuppressions(text)), want, text);
  check('race:serve', true);
  check('race_top:serve', false);
  check('race_top:reset', true);
  check('race:main.ts', true);
  check('race:^main.ts', false);
  check('race:s*rve$', true);
  check('race:a.d', false); // the dot is itself
  check('# race:add\nrace :add\nsomething:add', false);
  check('race:nothing\r\nrace:count', true);
});

test('strangeLines: what is no suppression, no comment and not empty', () => {
  const text = '# races\n\nrace:a\n  race_top:b \nrase:a\nrace:\n';
  assert.deepEqual(strangeLines(text), [
    { line: 5, text: 'rase:a' },
    { line: 6, text: 'race:' },
  ]);
});
