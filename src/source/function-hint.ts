import type { AnyNode, Expression, PrivateIdentifier } from 'acorn';

/** What the place of an anonymous function or class says about its name. */
export interface Hint {
  /** The name that the language gives it there (`const parse = () => …`). */
  readonly given?: string;
  /** The words from which V8 makes up a name where the language gives none (`exports.parse = …`). */
  readonly words: readonly Word[];
  /** The class whose field it is. */
  readonly ofClass?: string;
}

/** A part of a name that V8 makes up. */
export interface Word {
  readonly text: string;
  readonly isVariable: boolean;
}

/** A node below another, and what its place says. */
export interface HintedNode {
  readonly node: AnyNode;
  readonly hint: Hint;
}

/** The hint of a place that says nothing. */
export const noHint: Hint = { words: [] };

/**
 * The children of a node that is neither function nor class, in the order of the source.
 *
 * @param hint - what the place of `node` itself says; assignments, objects and arrays hand it on
 * @see https://tc39.es/ecma262/#sec-runtime-semantics-namedevaluation
 */
export function hintedChildren(node: AnyNode, hint: Hint): readonly HintedNode[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return hinted([node.id, noHint], [node.init, variableHint(node.id)]);
    case 'AssignmentPattern':
      return hinted([node.left, noHint], [node.right, variableHint(node.left)]);
    case 'AssignmentExpression': {
      const words = [...hint.words, ...wordsOf(node.left)];
      const right = node.left.type === 'Identifier' ? { ...variableHint(node.left), words } : { words };
      return hinted([node.left, noHint], [node.right, right]);
    }
    case 'Property':
      return hinted([node.computed ? node.key : undefined, noHint], [node.value, propertyHint(node, hint)]);
    case 'ExportDefaultDeclaration':
      return hinted([node.declaration, { given: 'default', words: [] }]);
    case 'ConditionalExpression':
      return hinted([node.test, noHint], [node.consequent, guess(hint)], [node.alternate, guess(hint)]);
    case 'LogicalExpression':
      return hinted([node.left, guess(hint)], [node.right, guess(hint)]);
    case 'SequenceExpression':
      return hinted(...node.expressions.map((each) => [each, guess(hint)] as const));
    case 'ArrayExpression':
      return hinted(...node.elements.map((each) => [each, guess(hint)] as const));
    case 'ObjectExpression':
      return hinted(...node.properties.map((each) => [each, guess(hint)] as const));
    default:
      return childrenOf(node).map((child) => ({ node: child, hint: noHint }));
  }
}

/** The name that V8 makes up from words: `prototype` left out, of two variables in a row the second. */
export function joinWords(words: readonly Word[]): string {
  return words
    .filter(({ text, isVariable }, i) => text !== 'prototype' && !(isVariable && words[i + 1]?.isVariable))
    .map(({ text }) => text)
    .join('.');
}

/** The text of a key that stands in the source as it is, or undefined for a computed one. */
export function keyText(key: Expression | PrivateIdentifier, computed: boolean): string | undefined {
  if (computed) return undefined;
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** The nodes directly below a node. */
function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function hinted(...pairs: readonly (readonly [AnyNode | null | undefined, Hint])[]): HintedNode[] {
  return pairs.flatMap(([node, hint]) => (node ? [{ node, hint }] : []));
}

/** V8 goes on making up a name inside an expression; the language does not. */
function guess(hint: Hint): Hint {
  return { words: hint.words };
}

function variableHint(target: AnyNode): Hint {
  if (target.type !== 'Identifier') return noHint;
  return { given: target.name, words: [{ text: target.name, isVariable: true }] };
}

function propertyHint(node: AnyNode & { type: 'Property' }, hint: Hint): Hint {
  const key = keyText(node.key, node.computed);
  if (key === undefined) return guess(hint);
  const given = node.kind === 'init' ? key : `${node.kind} ${key}`;
  return { given, words: [...hint.words, { text: key, isVariable: false }] };
}

/** The words of a variable, or of a member such as `exports.parse`. */
function wordsOf(node: AnyNode): readonly Word[] {
  if (node.type === 'Identifier') return [{ text: node.name, isVariable: true }];
  if (node.type === 'CallExpression') return wordsOf(node.callee);
  if (node.type !== 'MemberExpression') return [];
  const { property } = node;
  const literal =
    property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
  const text = keyText(property, node.computed) ?? literal ?? '<computed>';
  return [...wordsOf(node.object), { text, isVariable: false }];
}
