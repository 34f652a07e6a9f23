import type { CallExpression, Expression, NewExpression } from 'acorn';
import { appliedCount, calleeName, isMethodOf, isSited, receiverOf } from './callees.js';
import { visitWithoutHook } from './elements.js';
import { hookWholeRead } from './patterns.js';
import { canSynchronise, isAnonymousDefinition } from './shapes.js';
import type { Visitor, Walk } from './walk.js';

/** Calls of Atomics, DataView and Buffer methods tell their site in their last argument. */
export const visitCall: Visitor<'CallExpression'> = (walk, node) => {
  const { callee, arguments: given } = node;
  if (given.length > 0 && appliedCount(callee) === given.length) {
    visitApplied(walk, node);
    return;
  }
  if (callee.type === 'Super') {
    visitCreation(walk, node);
    return;
  }
  visitWithoutHook(walk, callee);
  const last = given.at(-1);
  if (!isSited(callee) || last === undefined || last.type === 'SpreadElement') walk.visitAll(given);
  else {
    walk.visitAll(given.slice(0, -1));
    tellSite(walk, node, last);
  }
};

/** The site is told behind all that may be called before the method itself. */
function tellSite(walk: Walk, node: CallExpression, last: Expression): void {
  const { callee, arguments: given } = node;
  const { used } = walk.scope;
  const [view, key] = isMethodOf('Atomics', callee) ? given : [receiverOf(callee), given[0]];
  const value = canSynchronise(last) ? walk.scope.take() : undefined;
  const id = walk.sites.add(node, { offset: node.start, view, key });
  if (value === undefined) walk.wrap(last, `($prof.site=${id},`, ')');
  else walk.wrap(last, `(${value}=(`, `),$prof.site=${id},${value})`);
  if (value !== undefined) walk.scope.release(used);
}

/** `f.apply(x, v)` reads all of v. */
function visitApplied(walk: Walk, { callee, arguments: given }: CallExpression): void {
  visitWithoutHook(walk, callee);
  walk.visitAll(given.slice(0, -1));
  const list = given.at(-1);
  if (list === undefined || list.type === 'SpreadElement') walk.visitAll(given.slice(-1));
  else hookWholeRead(walk, list, 'void 0');
}

/** `new C(buffer)` and `super(buffer)`: a view over shared memory is marked, a shared buffer gets its place. */
export function visitCreation(walk: Walk, node: NewExpression | CallExpression): void {
  if (node.arguments[0] === undefined) {
    visitClass(walk, node);
  } else if (calleeName(node.callee) === 'SharedArrayBuffer') {
    walk.insert(node.start, '$prof_buffer(');
    visitClass(walk, node);
    walk.visitAll(node.arguments);
    const id = walk.sites.add(node, { offset: node.start, view: undefined, key: undefined });
    walk.insert(node.end, `,${id})`);
  } else visitViewCreation(walk, node);
}

function visitClass(walk: Walk, { callee }: NewExpression | CallExpression): void {
  if (callee.type !== 'Super') visitWithoutHook(walk, callee);
}

function visitViewCreation(walk: Walk, node: NewExpression | CallExpression): void {
  const [first, ...others] = node.arguments;
  if (first === undefined) return;
  const { used } = walk.scope;
  // A function would get its name from a temporary.
  const isOther = isAnonymousDefinition(first);
  const temporary = first.type === 'SpreadElement' || isOther ? undefined : walk.scope.take();
  walk.insert(node.start, '$prof_new(');
  visitClass(walk, node);
  if (temporary === undefined) walk.visit(first);
  else walk.wrap(first, `${temporary}=(`, ')');
  walk.visitAll(others);
  walk.insert(node.end, `,${temporary ?? (isOther ? 'null' : 'void 0')})`);
  if (temporary !== undefined) walk.scope.release(used);
}
