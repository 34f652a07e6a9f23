import type { AnyNode, Expression, ForInStatement, ForOfStatement, ObjectPattern } from 'acorn';
import { hookElement, isElement, visitWithoutHook } from './elements.js';
import { isAnonymousDefinition } from './shapes.js';
import type { Visitor, Walk } from './walk.js';
import { visitWrapped } from './wrapped.js';

/** Whether the elements that a pattern assigns to are hooked. */
type Targets = 'hook' | 'skip';

/** The targets and default values of a destructuring pattern: `[a[0], a[1]] = …`, `({x: a[0]} = …)`. */
export function visitPattern(walk: Walk, pattern: AnyNode, targets: Targets): void {
  switch (pattern.type) {
    case 'MemberExpression':
      if (targets === 'hook' && isElement(pattern))
        hookElement(walk, pattern, { kind: 'write', whole: pattern });
      else visitWithoutHook(walk, pattern);
      return;
    case 'ObjectPattern':
      visitProperties(walk, pattern, targets);
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) visitPattern(walk, element, targets);
      return;
    case 'RestElement':
      visitPattern(walk, pattern.argument, targets);
      return;
    case 'AssignmentPattern':
      visitPattern(walk, pattern.left, targets);
      if (walk.scope.kind === 'closed') visitWrapped(walk, pattern.right);
      else walk.visit(pattern.right);
      return;
    case 'ParenthesizedExpression':
      visitPattern(walk, pattern.expression, targets);
      return;
    default:
      return;
  }
}

function visitProperties(walk: Walk, pattern: ObjectPattern, targets: Targets): void {
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') visitPattern(walk, property.argument, targets);
    else {
      if (property.computed) walk.visit(property.key);
      visitPattern(walk, property.value, targets);
    }
  }
}

/** `for (a[0] of xs)` */
export function visitForEach(walk: Walk, { left, right, body }: ForOfStatement | ForInStatement): void {
  walk.scope.inBlock(() => {
    if (left.type === 'VariableDeclaration') walk.visit(left);
    else visitPattern(walk, left, 'hook');
    walk.visit(right);
    walk.visit(body);
  });
}

/** Notes what is declared, behind its declaration. */
export const visitDeclaration: Visitor<'VariableDeclaration'> = (walk, { kind, declarations }) => {
  for (const each of declarations) {
    walk.visit(each);
    const isPlain = kind === 'var' || kind === 'let';
    if (each.id.type === 'Identifier') walk.scope.declare(each.id.name, isPlain ? kind : 'const');
  }
};

/** `const {1: x} = v` reads v[1]. */
export const visitDeclarator: Visitor<'VariableDeclarator'> = (walk, { id: pattern, init }) => {
  visitPattern(walk, pattern, 'skip');
  if (init != null) visitMatched(walk, init, pattern);
};

/** What a pattern is matched with: an object pattern reads the elements that it names. */
export function visitMatched(walk: Walk, node: Expression, pattern: AnyNode): void {
  const wanted = pattern.type === 'ObjectPattern' ? indexKeys(pattern) : undefined;
  if (wanted === undefined) walk.visit(node);
  else hookWholeRead(walk, node, wanted);
}

/** `{...v}` reads all of v. */
export const visitObject: Visitor<'ObjectExpression'> = (walk, { properties }) => {
  for (const property of properties) {
    if (property.type === 'SpreadElement') hookWholeRead(walk, property.argument, 'void 0');
    else walk.visit(property);
  }
};

/** The indices that a pattern reads, as code; `void 0` for all; undefined where it reads none. */
function indexKeys({ properties }: ObjectPattern): string | undefined {
  if (properties.some(({ type }) => type === 'RestElement')) return 'void 0';
  const keys = properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Literal' && typeof property.key.value === 'number'
      ? [property.key.value]
      : [],
  );
  return keys.length === 0 ? undefined : `[${keys}]`;
}

/** Notes that elements of what an expression gives are read: those of the indices `wanted`, in code. */
export function hookWholeRead(walk: Walk, node: Expression, wanted: string): void {
  const { used } = walk.scope;
  const temporary = isAnonymousDefinition(node) ? undefined : walk.scope.take();
  if (temporary === undefined) {
    walk.visit(node);
    return;
  }
  walk.insert(node.start, `(${temporary}=(`);
  walk.visit(node);
  const id = walk.sites.add(node, { offset: node.end, view: node, key: undefined });
  const check = `$prof_view(${temporary})&&${temporary}[$prof_mark]!==void 0&&$prof_keys(${temporary},${wanted},${id})`;
  walk.insert(node.end, `),${check},${temporary})`);
  walk.scope.release(used);
}
