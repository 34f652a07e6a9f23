import type { AnyNode } from 'acorn';

/** The nodes below a node, in the order of the text. */
export function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Whether evaluating the node again gives the same and does nothing. */
export function isStable(node: AnyNode): boolean {
  return node.type === 'Identifier' || node.type === 'ThisExpression';
}

/** Whether a key can be written twice: names, numbers and sums of them. */
export function isPlainKey(node: AnyNode): boolean {
  switch (node.type) {
    case 'Identifier':
      return true;
    case 'Literal':
      return typeof node.value === 'number';
    case 'BinaryExpression':
      return /^[-+*%&|^]$|^<<$|^>>>?$/.test(node.operator) && isPlainKey(node.left) && isPlainKey(node.right);
    default:
      return false;
  }
}

/** Keys that are never an index: words, symbols, private names. */
export function isSkippedKey(node: AnyNode): boolean {
  if (node.type === 'Literal')
    return typeof node.value !== 'number' && !(typeof node.value === 'string' && /^\d+$/.test(node.value));
  if (node.type === 'TemplateLiteral') return true;
  return (
    node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'Symbol'
  );
}

/** Whether an expression may let another thread's doings happen before what follows: calls and waits may. */
export function canSynchronise(node: AnyNode): boolean {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'TaggedTemplateExpression':
    case 'ImportExpression':
      return true;
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
      return node.type === 'ClassExpression';
    default:
      for (const child of childrenOf(node)) if (canSynchronise(child)) return true;
      return false;
  }
}

/** `a[i] = function () {}` would get a name from a temporary. */
export function isAnonymousDefinition(node: AnyNode): boolean {
  return /^(Function|ArrowFunction|Class)Expression$/.test(withoutBrackets(node).type);
}

/** An expression in parentheses without them. */
export function withoutBrackets(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? withoutBrackets(node.expression) : node;
}

/** Whether evaluating it may call functions that look at the context, or touch memory. */
export function callsLater(node: AnyNode): boolean {
  return node.type !== 'Identifier' && node.type !== 'Literal' && node.type !== 'ThisExpression';
}
