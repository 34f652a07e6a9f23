import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { formatError, ProfError } from '../../src/error.js';
import { encodeProfile, encodeProfileGzip } from '../../src/profile/encode.js';
import { profileOf } from '../profile/stacks.js';
import { runCommand } from './run-command.js';

const folder = mkdtempSync(join(tmpdir(), 'bad-profile-'));
after(() => rmSync(folder, { recursive: true }));

const whole = encodeProfileGzip(profileOf('main;a 3\nmain 4'));

/** The error that a command ends with, as the user reads it. */
async function errorOf(words: readonly string[], stdin?: Uint8Array): Promise<string> {
  try {
    await runCommand(words, { cwd: folder, ...(stdin === undefined ? {} : { stdin }) });
  } catch (error) {
    assert.ok(error instanceof ProfError, `${error}`);
    return formatError(error);
  }
  assert.fail(`${words.join(' ')} did not fail`);
}

test('prof top: a file that is no profile is one line that says what it looks like', async () => {
  const check = async (bytes: string | Uint8Array, want: RegExp): Promise<void> => {
    writeFileSync(join(folder, 'x'), bytes);
    const text = await errorOf(['top', 'x']);
    assert.match(text, want);
    assert.match(text, /^prof: x: .*\n( {2}[A-Z].*\n)*$/, 'a line, then hints');
  };
  await check('', /empty file/);
  await check('hello, world\n', /looks like a text/);
  await check('{"a": 1}', /looks like JSON/);
  await check('\x7fELF\x02\x01\x01', /looks like an ELF binary/);
  await check(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), /looks like a PNG image/);
  await check(gzipSync('hello, world\n'), /looks like a text/);
  await check(whole.subarray(0, whole.length - 12), /gzip data is cut off/);
  await check(Uint8Array.from([0x32, 0, 0x12, 0x7f]), /a length of 127 bytes where 0 are left at byte 4/);
  await check(Uint8Array.from([0x32, 0]), /without a sample type/);
});

test('prof top: missing, folder, unreadable', async () => {
  assert.match(await errorOf(['top', 'nothing.cpu']), /^prof: nothing.cpu: no such file\n {2}/);
  mkdirSync(join(folder, 'dir'));
  assert.match(await errorOf(['top', 'dir']), /^prof: dir: is a folder, not a file\n {2}/);
  writeFileSync(join(folder, 'secret'), whole);
  chmodSync(join(folder, 'secret'), 0);
  // Root may read everything.
  if (process.getuid?.() !== 0)
    assert.match(await errorOf(['top', 'secret']), /^prof: secret: permission denied\n/);
});

test('prof top: limits on size', async () => {
  writeFileSync(join(folder, 'bomb'), gzipSync(new Uint8Array(5_000_000)));
  assert.match(
    await errorOf(['top', '--max-bytes=1000000', 'bomb']),
    /bomb: more than 1000000 bytes when unzipped/,
  );
  assert.match(
    await errorOf(['top', '--max-bytes=100', 'bomb']),
    /bomb: \d+ bytes are more than the limit of 100/,
  );
  assert.match(
    await errorOf(['top', '--max-bytes=4294967296', 'bomb']),
    /^prof: --max-bytes: "4294967296" is not 4294967295 or less\n/,
  );
  truncateSync(join(folder, 'bomb'), 4 * 2 ** 30); // sparse: takes no room
  assert.match(
    await errorOf(['top', 'bomb']),
    /bomb: 4294967296 bytes are more than the limit of 1073741824/,
  );
});

test('prof top: wrong options', async () => {
  writeFileSync(join(folder, 'ok'), whole);
  const check = async (words: string[], want: RegExp): Promise<void> =>
    assert.match(await errorOf(['top', ...words, 'ok']), want, words.join(' '));
  await check(['--focus=('], /^prof: focus: error parsing regexp: missing closing \): `\(`\n {2}Regular/);
  await check(['--tagfocus=k=('], /^prof: tagfocus: error parsing regexp/);
  await check(
    ['--sample-index=cpu'],
    /^prof: sample index "cpu" is not in this profile\n {2}Valid values are type0, or 0 to 0./,
  );
  await check(['--sample-index=7'], /^prof: sample index "7"/);
  await check(['--divide-by=0'], /zero divisor/);
  await check(['--cum', '--flat'], /conflicting options: --cum and --flat/);
  await check(['--lines', '--files'], /conflicting options: --files and --lines/);
  await check(['--base=ok', '--diff-base=ok'], /conflicting options: --base and --diff-base/);
  await check(['--normalize'], /--normalize needs a profile/);
  await check(['--nodecount=many'], /"many" is not a whole number/);
});

test('prof top: - is standard input, one bad file of several is a remark', async () => {
  const one = await runCommand(['top', '-'], { stdin: whole });
  assert.match(one.stdout, /^ +4 57\.14% 57\.14% +7 {3}100% {2}main$/m);
  writeFileSync(join(folder, 'good'), encodeProfile(profileOf('main;a 3')));
  const { stdout, stderr } = await runCommand(['top', 'good', 'missing', 'good'], { cwd: folder });
  assert.match(stdout, /^ +6 {3}100% {3}100% +6 {3}100% {2}a$/m);
  assert.match(stderr, /^prof: missing: no such file$/m);
});

test('prof top, list: patterns that meet nothing', async () => {
  const { stderr, stdout } = await runCommand(['top', '--focus=nothing', '-'], { stdin: whole });
  assert.equal(stderr, 'prof: Focus expression matched no samples\n');
  assert.match(stdout, /^Showing nodes accounting for 0/m);
  assert.match(
    await errorOf(['list', 'nothing', '-'], whole),
    /^prof: no matches found for regexp: nothing\n/,
  );
});

test('prof list: a profile without lines of calls says so', async () => {
  const profile = profileOf('main@app.ts:3/1 5', { comments: ['#prof: no call lines'] });
  const { stderr } = await runCommand(['list', 'main', '-'], { stdin: encodeProfile(profile), cwd: folder });
  assert.match(stderr, /^prof: note: this profile has no lines of calls.*\n$/);
});

test('prof list: sources are found from the working folder upwards, and by absolute path', async () => {
  writeFileSync(join(folder, 'app.ts'), 'one\ntwo\nthree\nfour\n');
  mkdirSync(join(folder, 'sub'));
  const list = async (file: string): Promise<string> => {
    const stdin = encodeProfile(profileOf(`main@${file}:3/2 5`));
    return (await runCommand(['list', 'main', '-'], { stdin, cwd: join(folder, 'sub') })).stdout;
  };
  const want =
    '         .          .      2:two\n         5          5      3:three\n         .          .      4:four\n';
  for (const file of ['app.ts', join(folder, 'app.ts')]) assert.ok((await list(file)).endsWith(want), file);
  assert.match(await list('/nowhere/app.ts'), /^ Error: open \/nowhere\/app.ts: no such file or directory$/m);
  assert.ok(readFileSync(join(folder, 'app.ts')).length > 0);
});
