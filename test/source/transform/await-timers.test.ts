import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { installAwaitCalls, watchAwaitsBy } from '../../../src/source/transform/await-slot.js';
import { awaitInsertions } from '../../../src/source/transform/await-timers.js';
import { insertAll } from '../../../src/source/transform/insertions.js';
import { parseCode } from '../../../src/source/transform/parse-code.js';

function timed(code: string): string {
  const program = parseCode(code, undefined);
  assert.ok(program !== undefined, code);
  return insertAll(code, awaitInsertions(program, code));
}

/** `code` with the global's name and its calls as `@at`, `@e` (end) and `@t` (threw), and `??=`, a token, and its line as `#7`. */
function short(code: string): string {
  return timed(code)
    .replaceAll(/\?\?=\{startMillis:0,awaited:null,line:0\},(\d+)/g, '#$1')
    .replaceAll('__profAwait.at', '@at')
    .replaceAll('__profAwait.end', '@e')
    .replaceAll('__profAwait.threw', '@t');
}

test('awaitInsertions: what is put around an await', () => {
  const check = (code: string, want: string): void => assert.equal(short(code), want);
  check('f(1);', 'f(1);');
  check('async function f() { await g(); }', 'async function f() { @e(await @at( g(),$a0#1),$a0); ;var $a0}');
  check('async () => await g()', 'async () => {var $a0;return (@e(await @at( g(),$a0#1),$a0))}');
  check('async () => (\nawait g())', 'async () => {var $a0;return ((\n@e(await @at( g(),$a0#2),$a0)))}');
  check('await (1, 2); export {};', 'var $a0;@e(await @at( (1, 2),$a0#1),$a0); export {};'); // a sequence is one argument
  check(
    'export {}; await f(await g(), await h());', // one variable for each depth
    'var $a0,$a1;export {}; @e(await @at( f(@e(await @at( g(),$a1#1),$a1), @e(await @at( h(),$a1#1),$a1)),$a0#1),$a0);',
  );
  check(
    'async () => { await f(async () => { await g(); }); }', // a function has its own
    'async () => { @e(await @at( f(async () => { @e(await @at( g(),$a0#1),$a0); ;var $a0}),$a0#1),$a0); ;var $a0}',
  );
  check(
    'async () => { try { await f(); } catch (e) { g(e); } finally { await h(); } }', // one that throws is told where it is caught
    'async () => { try { @e(await @at( f(),$a0#1),$a0); } catch (e) {@t($a0); g(e); } finally { @e(await @at( h(),$a0#1),$a0); } ;var $a0}',
  );
  check(
    'async () => { try { f(async () => { await g(); }); } catch { h(); } }', // another function's
    'async () => { try { f(async () => { @e(await @at( g(),$a0#1),$a0); ;var $a0}); } catch { h(); } }',
  );
  check('for await (const x of y) { z(x); }', 'for await (const x of y) { z(x); }'); // not told of
});

interface EndedAwait {
  readonly startMillis: number;
  readonly thrownLine: number;
}

/** Runs the body of an async function, and tells its result and its waits. */
async function run(
  body: string,
): Promise<{ readonly result: unknown; readonly waits: readonly EndedAwait[] }> {
  const waits: EndedAwait[] = [];
  let millis = 0;
  watchAwaitsBy({
    now: () => ++millis,
    waited: (startMillis, _awaited, thrownLine) => waits.push({ startMillis, thrownLine }),
  });
  const make = new Function(`return (${timed(`async function body() { ${body} }`)})()`);
  return { result: await make(), waits };
}

installAwaitCalls();
afterEach(() => watchAwaitsBy(undefined));

test('instrumented awaits: give what they gave, and tell what was awaited', async () => {
  const check = async (body: string, want: unknown, count: number): Promise<void> => {
    const { result, waits } = await run(`const p = (x) => Promise.resolve(x); ${body}`);
    assert.deepEqual([result, waits.length], [want, count], body);
  };
  await check('return await 1', 1, 0); // nothing to wait for
  await check('return (await p([1, 2])).length + await p(3)', 5, 2);
  await check('const f = async (x) => await p(x) + 1; return await f(await p(1))', 2, 3);
  await check('let s = 0; for (const x of [1, 2]) s += await p(x); return s', 3, 2);
  await check('try { await Promise.reject(4) } catch (e) { return e }', 4, 1); // one that throws is told where it is caught
  await check(
    'for (let i = 0; ; i++) try { await (i < 2 ? Promise.reject(i) : p(i)); return i } catch {}',
    2,
    3,
  );
  await check(
    'const f = async () => { await Promise.reject(4) }; try { await f() } catch (e) { return e }',
    4,
    1,
  );
  await check('const a = []\nawait a.push(1)\n;[a[1]] = await p([2]); return a', [1, 2], 1);
  await check('return (await null) ?? -await p(1)', -1, 1);
});

test('instrumented awaits: one that throws tells its own line', async () => {
  const { waits } = await run('try {\n await Promise.resolve();\n await Promise.reject();\n } catch {\n}');
  assert.deepEqual(
    waits.map(({ thrownLine }) => thrownLine),
    [0, 3],
  );
});

test('instrumented awaits: interleaved calls do not mix up their times', async () => {
  const { waits } = await run(
    'const f = async (p) => { await p; }; let go; const p = new Promise((r) => { go = r; });' +
      'const one = f(p), two = f(p); go(); await Promise.all([one, two]);',
  );
  assert.equal(new Set(waits.map(({ startMillis }) => startMillis)).size, 3);
});
