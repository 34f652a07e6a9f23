import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instrument } from '../../../../src/source/transform/instrumented.js';

type Noting = (view: object, key: number) => void;
type Noted = (view: object, key: number) => boolean;

const mark = Symbol('prof');

/** What hooks have been told of since the last release: kind, view and key of each access. */
let noted = new Set<string>();
/** The same between the releases before. */
let released: string[][] = [];
/** Whether hooks say so when they are asked. */
let isTold = false;
/** Times that an iteration went without hooks. */
let bare = 0;

const note =
  (kind: string): Noting =>
  (view, key) =>
    noted.add(`${kind} ${(view as { name: string }).name} ${key}`);
const asks =
  (...kinds: readonly string[]): Noted =>
  (view, key) => {
    const isNoted =
      isTold && kinds.some((kind) => noted.has(`${kind} ${(view as { name: string }).name} ${key}`));
    if (isNoted) bare++;
    return isNoted;
  };

Object.assign(globalThis, {
  $prof: { site: 0, context: 0 },
  $prof_view: ArrayBuffer.isView,
  $prof_mark: mark,
  $prof_read: note('read'),
  $prof_write: note('write'),
  $prof_update: note('write'),
  $prof_numbers: (view: unknown) => ArrayBuffer.isView(view),
  $prof_math: (math: unknown) => math === Math,
  $prof_isRead: asks('read', 'write'),
  $prof_isWritten: asks('write'),
});

function marked(name: string): Float64Array {
  return Object.assign(Float64Array.of(3, 1, 4, 1, 5, 9), { name, [mark]: {} });
}

function release(): void {
  released.push(covered(noted));
  noted = new Set();
}

/** What a program gives or throws, and where; what it leaves in the arrays; how often it calls what is not seen to be called. */
function outcome(code: string): unknown {
  noted = new Set();
  released = [];
  const [v, w, p] = [marked('v'), marked('w'), [2, 7, 1, 8, 2, 8]];
  let calls = 0;
  const o = {
    valueOf(): number {
      if (++calls % 5 === 0) release();
      return 3;
    },
  };
  const q = {
    get 2(): number {
      release();
      return calls++;
    },
  };
  const named = (values: readonly unknown[]): unknown[] => values.map((value) => (value === o ? 'o' : value));
  let result: unknown;
  try {
    const values = new Function('v', 'w', 'p', 'q', 'o', 'n', code)(v, w, p, q, o, 6) as unknown[]; // it ends so
    result = named(values);
  } catch (error) {
    const [, line] = /<anonymous>:(\d+):\d+\)\n/.exec((error as Error).stack ?? '') ?? [];
    result = `${error} in line ${line}`;
  }
  release();
  return { result, v: [...v], w: [...w], p: named(p), calls };
}

// A write covers a read of the same element: which of both is noted first depends on whether hooks are asked.
function covered(all: ReadonlySet<string>): string[] {
  return [...all]
    .filter((each) => !(each.startsWith('read') && all.has(each.replace('read', 'write'))))
    .sort();
}

const name = fc.constantFrom('i', 'j', 's', 't', 'n', 'n', 'o');
const key = fc.constantFrom('i', 'j', 'i + 1', '0', 'i * 2', 'n - 1', 's & 3');
const element = fc
  .tuple(fc.constantFrom('v', 'v', 'v', 'w', 'p', 'q'), key)
  .map(([view, at]) => `${view}[${at}]`);
const { statement } = fc.letrec((tie) => {
  const all = (...parts: readonly string[]): fc.Arbitrary<string> =>
    fc
      .tuple(
        ...parts.map((part) =>
          /^(expression|statement|element|name)$/.test(part) ? pick(part) : fc.constant(part),
        ),
      )
      .map((texts) => texts.join(''));
  const pick = (part: string): fc.Arbitrary<string> =>
    part === 'element' ? element : part === 'name' ? name : (tie(part) as fc.Arbitrary<string>);
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      element,
      name,
      fc.constantFrom('1', '2.5', '1n', 'later'),
      all('(', 'expression', ' + ', 'expression', ')'),
      all('(', 'expression', ' * ', 'expression', ')'),
      all('(', 'expression', ' > ', 'expression', ' ? ', 'expression', ' : ', 'expression', ')'),
      all('(', 'expression', ' && ', 'expression', ')'),
      all('Math.max(', 'expression', ', ', 'expression', ')'),
      all('-(', 'expression', ')'),
      all('(', 'element', ' += ', 'expression', ')'),
    ),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      all('s += ', 'expression', ';'),
      all('t = ', 'expression', ';'),
      all('element', ' = ', 'expression', '\n'),
      all('element', '++;'),
      all('j++;'),
      all('if (', 'expression', ' > 2) ', 'statement', ' else ', 'statement'),
      all('{ const d = ', 'expression', '; s += d; ', 'statement', '}'),
      all('{', 'statement', '\n', 'statement', '}'),
      all('if (', 'expression', ' > 9) continue;'),
      all('if (', 'expression', ' > 9) break;'),
    ),
  };
});
const loop = fc
  .tuple(
    fc.constantFrom('i < n', 'n > i', 'i < v.length', 'i < n - 1', 'i < o'),
    fc.constantFrom('i++', 'i += 2', 'i++, j--', '++i, s = j'),
    statement as fc.Arbitrary<string>,
  )
  .map(([until, next, body]) => `for (let i = 0; ${until}; ${next}) ${body}`);

test('noted loops: programs do what they did, and no access is forgotten', () => {
  bare = 0;
  fc.assert(
    fc.property(fc.array(loop, { minLength: 1, maxLength: 3 }), (loops) => {
      const code = `'use strict';\nlet s = 0, t = 0, j = 1;\nfor (let k = 0; k < 2; k++) {\n${loops.join('\n')}\n}\nconst r = [s, t, j]; let later; return r`;
      const hooked = instrument(code, 'test', 'commonjs')?.code ?? '';
      isTold = false;
      const plain = outcome(code);
      assert.deepEqual(outcome(hooked), plain, hooked);
      const all = released;
      isTold = true;
      assert.deepEqual(outcome(hooked), plain, hooked);
      assert.deepEqual(released, all, hooked);
    }),
    { numRuns: 2000, includeErrorInReport: true },
  );
  assert.ok(bare > 1000, 'iterations without hooks are tried');
});
