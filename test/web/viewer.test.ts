import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions } from '../../src/report/options.js';
import { Viewer } from '../../src/web/viewer.js';
import { profileOf } from '../profile/stacks.js';

test('viewer: a flame graph is made once for a query', async () => {
  const profile = profileOf('main;parse 3\nmain;parse;lex 2\nmain;print 1');
  const viewer = new Viewer({
    ...{ title: 'cpu', profiles: [{ name: 'cpu', profile }], whole: profile, hasBase: false },
    options: { ...defaultOptions, compile: (pattern) => (text) => text.includes(pattern) },
    readSource: () => ({ state: 'failed', problem: 'none' }),
  });
  const ask = (query: string) => viewer.answer('flame', new URLSearchParams(query));
  assert.equal(await ask(''), await ask(''));
  assert.equal(await ask('f=lex'), await ask('f=lex'));
  assert.equal((await ask('')).callees.frame.length, 5);
  assert.equal((await ask('f=lex')).callees.frame.length, 4);
  assert.equal((await ask('h=parse')).callees.frame.length, 4);
});
