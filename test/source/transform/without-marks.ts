import type { AnyNode, Program } from 'acorn';
import { linesName } from '../../../src/source/transform/line-slot.js';

/**
 * A program as a text that is the same with marks and without: positions, parentheses and empty statements left out, a block
 * around each statement that stands alone.
 */
export function withoutMarks(program: Program): string {
  return JSON.stringify(plain(program));
}

const ignored = new Set(['start', 'end', 'raw']);
const bodies = new Set(['body', 'consequent', 'alternate']);

function plain(value: unknown): unknown {
  if (typeof value === 'bigint' || value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.filter((each) => !isMarkStatement(each)).map(plain);
  if (!isNode(value)) return value;
  const inner = withoutMark(value);
  if (inner !== value) return plain(inner);
  const entries = Object.entries(value)
    .filter(([key]) => !ignored.has(key))
    .map(([key, each]) => [key, bodies.has(key) ? inBlock(value, each) : plain(each)]);
  return Object.fromEntries(entries);
}

function inBlock(parent: AnyNode, value: unknown): unknown {
  const isAlone = isNode(value) && /^(If|For|ForIn|ForOf|While|DoWhile)Statement$/.test(parent.type);
  if (!isAlone || value.type === 'BlockStatement') return plain(value);
  return { type: 'BlockStatement', body: plain([value]) };
}

/** What is in parentheses, behind a mark or handed to one; the node itself where it is none of these. */
function withoutMark(node: AnyNode): AnyNode {
  if (node.type === 'ParenthesizedExpression') return withoutMark(node.expression);
  if (node.type === 'SequenceExpression') {
    const [first, ...rest] = node.expressions;
    const [only] = rest;
    if (first?.type === 'CallExpression' && isMark(first) && first.arguments.length === 0 && only) {
      return rest.length === 1 ? withoutMark(only) : { ...node, expressions: rest };
    }
  }
  if (isMark(node) && node.type === 'CallExpression' && node.arguments[0] !== undefined)
    return withoutMark(node.arguments[0]);
  return node;
}

function isMark(node: AnyNode): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'Identifier' &&
    node.callee.object.name === linesName
  );
}

function isMarkStatement(value: unknown): boolean {
  if (!isNode(value)) return false;
  return (
    value.type === 'EmptyStatement' || (value.type === 'ExpressionStatement' && isMark(value.expression))
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
