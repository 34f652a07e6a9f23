import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphSource } from '../../src/graph/build.js';
import {
  buildCallTree,
  cutCallTree,
  heaviestTreeNodes,
  heavyTreeNodes,
  visibleTreeNodes,
} from '../../src/graph/call-tree.js';
import type { Node } from '../../src/graph/graph.js';
import { buildNodeTable } from '../../src/graph/node-table.js';
import { sumNodes } from '../../src/graph/sums.js';
import { profileOf } from '../profile/stacks.js';

function sourceOf(text: string): GraphSource {
  const profile = profileOf(text);
  const table = buildNodeTable(profile, { objectNames: false });
  const values = { values: profile.samples.values[0] ?? new Float64Array(), divisors: undefined };
  const sums = sumNodes(profile.samples, table, values);
  return { profile, table, values, sums, dropNegative: false };
}

const calls = ({ name, flat, cum, out }: Node): string =>
  `${name} ${flat}/${cum}${[...out.values()].map((edge) => ` ${edge.residual ? '…' : '→'}${edge.dest.name} ${edge.weight}`).join('')}`;

/** The nodes with a cum of at least the cutoff, each with its calls. */
function cutAt(text: string, cutoff: bigint, count = 100): string[] {
  const source = sourceOf(text);
  const tree = buildCallTree(source);
  const visible = visibleTreeNodes(tree, false);
  const kept = heaviestTreeNodes(tree, heavyTreeNodes(tree, visible, cutoff), count);
  return cutCallTree(source, tree, { visible, kept }).graph.nodes.map(calls);
}

test('call tree: a function is a node for each path that leads to it', () => {
  assert.deepEqual(cutAt('a;b 1\na;c;b 2\nb 4', 0n), [
    'a 0/3 →b 1 →c 2',
    'b 1/1',
    'c 0/2 →b 2',
    'b 2/2',
    'b 4/4',
  ]);
  assert.deepEqual(cutAt('a;a;a 3', 0n), ['a 0/3 →a 3', 'a 0/3 →a 3', 'a 3/3']);
  assert.deepEqual(cutAt('', 0n), []);
});

test('call tree: what a light node calls is called by its caller', () => {
  // b balances -5 and 6 to 1, and is lighter than what it calls.
  assert.deepEqual(cutAt('a;b;c 6\na;b;d -5\na 9', 3n), ['a 9/10 …c 6 …d -5', 'c 6/6', 'd -5/-5']);
  assert.deepEqual(cutAt('b;c 6\nb;d -5', 3n), ['c 6/6', 'd -5/-5']); // no caller is left
  assert.deepEqual(cutAt('a;b;c 6\na;b;d -6', 3n), ['c 6/6', 'd -6/-6']); // a and b are nothing, but edges lead to them
});

test('call tree: of too many nodes those with the largest cum are left, callers before what they call', () => {
  const text = 'a;b;c 5\na;d 2\ne;f 5';
  assert.deepEqual(cutAt(text, 0n, 3), ['a 0/7 →b 5', 'b 0/5 →c 5', 'c 5/5']);
  assert.deepEqual(cutAt(text, 0n, 1), ['a 0/7']);
  assert.deepEqual(cutAt(text, 0n, 6).length, 6);
});
