import type { AnyNode } from 'acorn';
import { childrenOf } from './race/shapes.js';

const known = new WeakMap<AnyNode, boolean>();

/** Whether evaluating an expression may allocate, in the frame that evaluates it or in one that it calls. */
export function mayAllocate(node: AnyNode): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const answer = allocatesItself(node) || anyChild(node, mayAllocate);
  known.set(node, answer);
  return answer;
}

function allocatesItself(node: AnyNode): boolean {
  switch (node.type) {
    case 'CallExpression':
      return !isMath(node.callee);
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'ImportExpression':
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'SpreadElement':
      return true;
    case 'Literal':
      return 'regex' in node && node.regex != null;
    case 'TemplateLiteral':
      return node.expressions.length > 0;
    case 'BinaryExpression':
      return node.operator === '+' && !isNumber(node.left) && !isNumber(node.right);
    case 'AssignmentExpression':
      // A property may need room; `s += t` may be a text.
      return node.left.type === 'MemberExpression' || (node.operator === '+=' && !isNumber(node.right));
    default:
      return false;
  }
}

function isMath(callee: AnyNode): boolean {
  return (
    callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Math'
  );
}

function isNumber(node: AnyNode): boolean {
  return node.type === 'Literal' && typeof node.value === 'number';
}

function anyChild(node: AnyNode, test: (child: AnyNode) => boolean): boolean {
  for (const child of childrenOf(node)) if (test(child)) return true;
  return false;
}

/** Without its parentheses. */
export function bare(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node;
}

/** Whether it is a function or class, which may be given the name of what it is assigned to. */
export function isFunctionLike(node: AnyNode): boolean {
  return /^(FunctionExpression|ArrowFunctionExpression|ClassExpression)$/.test(bare(node).type);
}

/** Whether it is part of the literal around it: V8 makes such objects and arrays together. */
export function isConstant(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
      return !('regex' in node && node.regex != null);
    case 'UnaryExpression':
      return node.argument.type === 'Literal';
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'ArrayExpression':
      return node.elements.every((element) => element === null || isConstant(element));
    case 'ObjectExpression':
      return node.properties.every(
        (property) => property.type === 'Property' && !property.computed && isConstant(property.value),
      );
    default:
      return false;
  }
}

/**
 * Whether a value is never a number that V8 holds without an object: a function that such a number is handed to would
 * make it allocate one.
 */
export function isNoNumber(node: AnyNode): boolean {
  switch (bare(node).type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'NewExpression':
    case 'TemplateLiteral':
    case 'AwaitExpression':
    case 'YieldExpression':
    // What a function returns is an object already; what V8 computes in its place may be none.
    case 'CallExpression':
      return true;
    default:
      return false;
  }
}

/** Whether running a statement can neither allocate nor call. */
export function isTrivial(statement: AnyNode): boolean {
  switch (statement.type) {
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'EmptyStatement':
    case 'DebuggerStatement':
      return true;
    case 'ReturnStatement':
      return statement.argument == null || isPlain(statement.argument);
    case 'ExpressionStatement':
      return isPlainEffect(statement.expression);
    case 'VariableDeclaration':
      return statement.declarations.every(
        ({ id: { type }, init }) => type === 'Identifier' && (init == null || isPlain(init)),
      );
    default:
      return false;
  }
}

function isPlainEffect(node: AnyNode): boolean {
  if (node.type === 'UpdateExpression') return node.argument.type === 'Identifier';
  const isAssignment = node.type === 'AssignmentExpression' && node.operator === '=';
  return isAssignment && node.left.type === 'Identifier' && isPlain(node.right);
}

/** A variable is not: its number becomes an object where it is returned, or kept by a function. */
function isPlain({ type }: AnyNode): boolean {
  return type === 'ThisExpression' || type === 'Literal';
}

/** Whether a function may be left and resumed within a node, functions in it apart. */
export function suspends(node: AnyNode): boolean {
  switch (node.type) {
    case 'AwaitExpression':
    case 'YieldExpression':
      return true;
    case 'ForOfStatement':
      return node.await || anyChild(node, suspends);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return false;
    default:
      return anyChild(node, suspends);
  }
}

/** Whether a loop's own variables get a new place in memory for each turn: functions in it keep them. */
export function hasTurnScope(node: AnyNode): boolean {
  switch (node.type) {
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return makesFunctions(node);
    default:
      return false;
  }
}

function makesFunctions(node: AnyNode): boolean {
  return isFunctionLike(node) || node.type === 'FunctionDeclaration' || anyChild(node, makesFunctions);
}
