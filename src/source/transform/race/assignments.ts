import type { AnyNode, AssignmentExpression } from 'acorn';
import {
  type ElementNode,
  hookElement,
  hooks,
  isElement,
  openElement,
  visitWithoutHook,
} from './elements.js';
import { visitMatched, visitPattern } from './patterns.js';
import { canSynchronise, isAnonymousDefinition, withoutBrackets } from './shapes.js';
import type { Visitor, Walk } from './walk.js';

/** `a[i]++` */
export const visitUpdate: Visitor<'UpdateExpression'> = (walk, node) => {
  const target = withoutBrackets(node.argument);
  if (isElement(target)) hookElement(walk, target, { kind: 'update', whole: node });
  else visitWithoutHook(walk, target);
};

/** `a[i] = value`, `a[i] += value` and the like. */
export const visitAssignment: Visitor<'AssignmentExpression'> = (walk, node) => {
  const { right, operator } = node;
  const target = withoutBrackets(node.left);
  if (!isElement(target) || isAnonymousDefinition(right)) {
    visitOtherTarget(walk, node, target);
    visitMatched(walk, right, target);
    return;
  }
  const isLogical = /^(&&|\|\||\?\?)=$/.test(operator);
  if (isLogical || canSynchronise(right)) {
    hookLateWrite(walk, node, target);
    return;
  }
  hookElement(walk, target, { kind: operator === '=' ? 'write' : 'update', whole: node });
  walk.visit(right);
};

function visitOtherTarget(walk: Walk, { left, right }: AssignmentExpression, target: AnyNode): void {
  if (target.type === 'MemberExpression') {
    visitWithoutHook(walk, target);
    return;
  }
  // An iterator of the program may synchronise between its values and the writes.
  const isAtOnce = right.type === 'ArrayExpression' || left.type === 'ObjectPattern';
  visitPattern(walk, left, isAtOnce ? 'hook' : 'skip');
}

/** The right side may synchronise, or may not be evaluated at all: the write is noted behind it. */
function hookLateWrite(walk: Walk, node: AssignmentExpression, target: ElementNode): void {
  const { right, operator } = node;
  const { used } = walk.scope;
  const value = walk.scope.take();
  const parts = value === undefined ? undefined : openElement(walk, target, 'kept');
  if (parts === undefined) {
    visitWithoutHook(walk, target);
    walk.visit(right);
    return;
  }
  const about = { offset: parts.offset, view: target.object, key: target.property };
  if (operator !== '=') {
    const read = parts.check(hooks.read, walk.sites.add(target, about));
    walk.insert(parts.offset, `${read},${parts.key}`);
  } else if (parts.key !== '') walk.insert(parts.offset, parts.key);
  walk.insert(right.start, `(${value}=(`);
  walk.visit(right);
  const id = walk.sites.add(node, { ...about, offset: right.end });
  walk.insert(right.end, `),${parts.check(hooks.write, id)},${value})`);
  walk.scope.release(used);
}
