import type { AnyNode, CallExpression, Expression, NewExpression } from 'acorn';
import { appliedCount, calleeName, isArrayReader, isMethodOf, isSited, receiverOf } from './callees.js';
import { visitWithoutHook } from './elements.js';
import { hookWholeRead } from './patterns.js';
import { canSynchronise, isAnonymousDefinition } from './shapes.js';
import type { Visitor, Walk } from './walk.js';

/** Calls of Atomics, DataView and Buffer methods tell their site in their last argument. */
export const visitCall: Visitor<'CallExpression'> = (walk, node) => {
  const { callee, arguments: given } = node;
  if (callee.type === 'Super' || isFunctionMaker(node)) {
    visitCreation(walk, node);
    return;
  }
  visitWithoutHook(walk, callee);
  const last = given.at(-1);
  const wholes = readWhole(node);
  if (wholes.length > 0) {
    for (const value of given) {
      if (value.type !== 'SpreadElement' && wholes.includes(value)) hookWholeRead(walk, value, 'void 0');
      else walk.visit(value);
    }
  } else if (!isSited(callee) || last === undefined || last.type === 'SpreadElement') walk.visitAll(given);
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

/** The arguments of which a call reads all elements, where they are views. */
function readWhole({ callee, arguments: given }: CallExpression): readonly AnyNode[] {
  if (appliedCount(callee) === given.length) return given.slice(-1);
  if (isMethodOf('Object', callee) && calleeName(callee) === 'assign') return given.slice(1);
  return given.length === 1 && isArrayReader(callee) ? given : [];
}

/** `Function(…)`: code in a text. */
function isFunctionMaker({ callee }: NewExpression | CallExpression): boolean {
  return callee.type === 'Identifier' && callee.name === 'Function';
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
  } else if (isFunctionMaker(node)) visitFunctionMaker(walk, node);
  else visitViewCreation(walk, node);
}

/** The text of the body gets hooks when it is known. */
function visitFunctionMaker(walk: Walk, { callee, arguments: given }: NewExpression | CallExpression): void {
  const last = given.at(-1);
  walk.visitAll(given.slice(0, -1));
  if (last === undefined || last.type === 'SpreadElement') walk.visitAll(given.slice(-1));
  else walk.wrap(last, `$prof_code(${walk.text(callee)},`, ')');
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
  const isKept = first.type !== 'SpreadElement' && !isOther && walk.scope.kind === 'open';
  const temporary = isKept ? walk.scope.take() : undefined;
  walk.insert(node.start, '$prof_new(');
  visitClass(walk, node);
  if (temporary === undefined) walk.visit(first);
  else walk.wrap(first, `${temporary}=(`, ')');
  walk.visitAll(others);
  walk.insert(node.end, `,${temporary ?? (isOther ? 'null' : 'void 0')})`);
  if (temporary !== undefined) walk.scope.release(used);
}
