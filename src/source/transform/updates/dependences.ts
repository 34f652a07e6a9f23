import type { AnyNode, AssignmentExpression, CallExpression } from 'acorn';
import { calleeName, receiverOf } from '../race/callees.js';
import { childrenOf, withoutBrackets } from '../race/shapes.js';
import { type FindVariable, type FunctionNode, isFunction, patternNames } from './variables.js';

/** A write in an async function, and the reads before it that what it writes may depend on. */
export interface DependentWrite {
  /** Reads whose value goes into what is written. */
  readonly data: readonly AnyNode[];
  /** Reads that decide whether it is written. */
  readonly control: readonly AnyNode[];
}

/** Writes by their nodes: assignments, and calls of `set`, `add` and `delete`. */
export type Dependences = ReadonlyMap<AnyNode, DependentWrite>;

/**
 * Finds for each write of an async function the reads in the same function that it may depend on, through local
 * variables and conditions.
 *
 *   const old = account.balance;     a read
 *   await fee();
 *   account.balance = old - 1;       a write that depends on it by its data
 *
 *   if (cache.has(key)) return;      a read
 *   cache.set(key, await load());    a write that depends on it by control
 */
export function findDependences(node: FunctionNode, find: FindVariable): Dependences {
  const definitions = new Map<string, AnyNode[]>();
  collectDefinitions(node.body, definitions);
  const reads = new ReadFinder(definitions, find);
  const writes = new Map<AnyNode, DependentWrite>();
  visitWrites(node.body, [], (write, tests) => {
    const target = targetOf(write, find);
    if (target === undefined) return;
    const isSame = (read: AnyNode): boolean => mayBeSame(read, target);
    const data = reads.below(dataOf(write)).filter(isSame);
    const control = reads.below(tests).filter((read) => isSame(read) && !data.includes(read));
    if (data.length + control.length > 0) writes.set(write, { data, control });
  });
  return writes;
}

/** The expressions that local variables get their values from. */
function collectDefinitions(node: AnyNode, into: Map<string, AnyNode[]>): void {
  const note = (pattern: AnyNode, value: AnyNode): void => {
    for (const name of patternNames(pattern)) into.set(name, [...(into.get(name) ?? []), value]);
  };
  if (node.type === 'VariableDeclarator' && node.init) {
    if (node.id.type === 'ObjectPattern') {
      for (const property of node.id.properties)
        note(property.type === 'Property' ? property.value : property, property);
    }
    note(node.id, node.init);
  } else if (node.type === 'AssignmentExpression') note(node.left, node.right);
  for (const child of childrenOf(node)) if (!isFunction(child)) collectDefinitions(child, into);
}

/** Looks for reads in expressions, and in those that the local variables in them come from. */
class ReadFinder {
  readonly #definitions: ReadonlyMap<string, readonly AnyNode[]>;
  readonly #find: FindVariable;

  constructor(definitions: ReadonlyMap<string, readonly AnyNode[]>, find: FindVariable) {
    this.#definitions = definitions;
    this.#find = find;
  }

  below(nodes: readonly AnyNode[]): AnyNode[] {
    const reads = new Set<AnyNode>();
    const seen = new Set<AnyNode>();
    const waiting = [...nodes];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (seen.has(node) || isFunction(node)) continue;
      seen.add(node);
      if (this.#isRead(node)) reads.add(node);
      waiting.push(...this.#inside(node));
    }
    return [...reads];
  }

  #isRead(node: AnyNode): boolean {
    if (node.type === 'Identifier') return this.#find(node) !== undefined;
    if (node.type === 'MemberExpression') return node.object.type !== 'Super';
    if (node.type === 'Property') return !node.computed && node.key.type === 'Identifier'; // of a pattern
    return node.type === 'CallExpression' && isCollectionCall(node, /^(get|has)$/);
  }

  /** `{x}` has no room for a hook. */
  #valueOf(property: AnyNode): readonly AnyNode[] {
    if (property.type !== 'Property') return [property];
    const { shorthand, value } = property;
    return shorthand && value.type === 'Identifier' && this.#find(value) !== undefined ? [] : [value];
  }

  #inside(node: AnyNode): readonly AnyNode[] {
    switch (node.type) {
      case 'Identifier':
        return this.#find(node) === undefined ? (this.#definitions.get(node.name) ?? []) : [];
      case 'MemberExpression':
        return node.computed ? [node.object, node.property] : [node.object];
      case 'CallExpression':
        return [calledWith(node.callee), ...node.arguments];
      case 'ObjectExpression':
        return node.properties.flatMap((each) => this.#valueOf(each));
      case 'TaggedTemplateExpression':
        return [node.quasi];
      case 'UnaryExpression':
        return node.operator === 'delete' ? [] : [node.argument];
      case 'ChainExpression': // what may not be evaluated is not hooked
      case 'Property':
      case 'UpdateExpression':
      case 'ClassExpression':
        return [];
      case 'AssignmentExpression':
        return [node.right];
      default:
        return [...childrenOf(node)];
    }
  }
}

/** What is called, or the object that a method is called of: a hook around the method itself would take its `this`. */
function calledWith(callee: AnyNode): AnyNode {
  const called = withoutBrackets(callee);
  return called.type === 'MemberExpression' ? called.object : called;
}

/** What is written: a variable, a property or an entry. */
type Target = { readonly kind: 'variable' | 'property' | 'entry'; readonly name: string | undefined };

function targetOf(write: AnyNode, find: FindVariable): Target | undefined {
  if (write.type === 'CallExpression') return { kind: 'entry', name: undefined };
  return write.type === 'AssignmentExpression' ? targetAt(withoutBrackets(write.left), find) : undefined;
}

function targetAt(node: AnyNode, find: FindVariable): Target | undefined {
  if (node.type === 'Identifier')
    return find(node) === undefined ? undefined : { kind: 'variable', name: node.name };
  if (node.type !== 'MemberExpression' || node.object.type === 'Super') return undefined;
  return { kind: 'property', name: propertyName(node) };
}

/** Whether a read may be of what is written; names that are computed may be any. */
function mayBeSame(read: AnyNode, { kind, name }: Target): boolean {
  switch (read.type) {
    case 'Identifier':
      return kind === 'variable' && read.name === name;
    case 'MemberExpression':
      return kind === 'property' && (name === undefined || [name, undefined].includes(propertyName(read)));
    case 'Property':
      return (
        kind === 'property' && read.key.type === 'Identifier' && [undefined, read.key.name].includes(name)
      );
    default:
      return kind === 'entry';
  }
}

/** The name of a property; undefined where it is computed. */
function propertyName({ computed, property }: AnyNode & { type: 'MemberExpression' }): string | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  return !computed && property.type === 'Identifier' ? property.name : undefined;
}

function dataOf(write: AnyNode): readonly AnyNode[] {
  if (write.type === 'CallExpression') return write.arguments.slice(1);
  if (write.type !== 'AssignmentExpression') return [];
  const readsTarget = write.operator !== '=' && !isLogical(write);
  return readsTarget ? [withoutBrackets(write.left), write.right] : [write.right];
}

/** Whether it is `o.method(…)`, of a method that may be one of a Map or Set. */
export function isCollectionCall(node: CallExpression, names: RegExp): boolean {
  const { callee, arguments: given, optional } = node;
  const isPlain = callee.type === 'MemberExpression' && !callee.optional && !optional;
  const hasKey = given.length > 0 && given.every(({ type }) => type !== 'SpreadElement');
  return isPlain && hasKey && receiverOf(callee)?.type !== 'Super' && names.test(calleeName(callee) ?? '');
}

/** Whether it is `x ||= y` or the like, which may write nothing. */
export function isLogical({ operator }: AssignmentExpression): boolean {
  return /^(&&|\|\||\?\?)=$/.test(operator);
}

type OnWrite = (write: AssignmentExpression | CallExpression, tests: readonly AnyNode[]) => void;

/** Calls `onWrite` for each write below, with the conditions that it is under. */
function visitWrites(node: AnyNode, tests: readonly AnyNode[], onWrite: OnWrite): void {
  if (isFunction(node)) return;
  if (node.type === 'AssignmentExpression') onWrite(node, isLogical(node) ? [...tests, node.left] : tests);
  if (node.type === 'CallExpression' && isCollectionCall(node, /^(set|add|delete)$/)) onWrite(node, tests);
  const inner = testOf(node);
  const below = inner === undefined ? tests : [...tests, inner];
  let passed = below;
  for (const child of childrenOf(node)) {
    visitWrites(child, child === inner ? tests : passed, onWrite);
    // What comes behind `if (…) return;` is under its condition too.
    if (child.type === 'IfStatement' && leaves(child)) passed = [...passed, child.test];
  }
}

function testOf(node: AnyNode): AnyNode | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return node.test;
    case 'ForStatement':
      return node.test ?? undefined;
    case 'LogicalExpression':
      return node.left;
    case 'AssignmentExpression':
      return isLogical(node) ? node.left : undefined;
    default:
      return undefined;
  }
}

function leaves(node: AnyNode): boolean {
  if (isFunction(node)) return false;
  return /^(Return|Throw|Continue|Break)Statement$/.test(node.type) || [...childrenOf(node)].some(leaves);
}
