import type { AnyNode, Expression } from 'acorn';
import { type ElementNode, isElement } from './elements.js';
import { isPlainKey } from './shapes.js';

/** An access that an iteration does, whose view is a variable. */
export interface LoopAccess {
  readonly kind: 'read' | 'write';
  readonly view: string;
  readonly key: Expression;
}

/** More accesses than these are not asked for each time. */
const maxAccesses = 12;

/**
 * The body of a loop that does arithmetic on variables and elements: which accesses each iteration does can be told when it begins.
 * Where its variables are numbers, and its views have numbers, it calls nothing and throws nothing.
 */
export class SimpleLoop {
  readonly #accesses: LoopAccess[] = [];
  /** Variables that are assigned or declared. */
  readonly #assigned = new Set<string>();
  /** The other variables that each iteration reads or assigns, but for those that the body declares. */
  readonly sureVariables: Set<string> = new Set();
  /** The same for what an iteration need not do. */
  readonly unsureVariables: Set<string> = new Set();
  /** Those among them that are assigned. */
  readonly unsurelyAssigned: Set<string> = new Set();
  /** What is used of Math: `sqrt`, `PI`. */
  readonly mathNames: Set<string> = new Set();
  /** Variables that are declared in the blocks around what is looked at. */
  #declared: readonly string[] = [];
  /** Accesses that an iteration need not do: where one may never be noted, the loop within would never run. */
  readonly #unsure: LoopAccess[] = [];

  private constructor() {}

  /** Undefined where the body may do more. */
  static of(body: AnyNode): SimpleLoop | undefined {
    const loop = new SimpleLoop();
    return loop.#statement(body, true) && loop.#isKnownAhead() ? loop : undefined;
  }

  /** The accesses of each iteration, without those that are covered by others. */
  get accesses(): readonly LoopAccess[] {
    const all = this.#accesses;
    return all.filter(
      (one, index) => !all.some((other, at) => covers(other, one) && (at < index || !covers(one, other))),
    );
  }

  /** The variables whose elements are accessed. */
  get views(): readonly string[] {
    return [...new Set(this.#accesses.map(({ view }) => view))];
  }

  /** Whether views and keys are the same all through an iteration, and what it may access it does anyway. */
  #isKnownAhead(): boolean {
    const { accesses } = this;
    if (accesses.length === 0 || accesses.length > maxAccesses) return false;
    const names = accesses.flatMap(({ view, key }) => [view, ...namesOf(key)]);
    if (names.some((name) => this.#assigned.has(name))) return false;
    const isUsed = (name: string): boolean => this.sureVariables.has(name) || this.unsureVariables.has(name);
    if (this.views.some(isUsed)) return false;
    return this.#unsure.every((unsure) => accesses.some((sure) => covers(sure, unsure)));
  }

  #statement(node: AnyNode, isSure: boolean): boolean {
    switch (node.type) {
      case 'EmptyStatement':
        return true;
      case 'BlockStatement':
        return this.#block(node.body, isSure);
      case 'ExpressionStatement':
        return this.#expression(node.expression, isSure);
      case 'IfStatement':
        return (
          this.#expression(node.test, isSure) &&
          this.#statement(node.consequent, false) &&
          (node.alternate == null || this.#statement(node.alternate, false))
        );
      case 'VariableDeclaration':
        return (
          (node.kind === 'let' || node.kind === 'const') &&
          node.declarations.every(({ id, init }) => this.#all([init], isSure) && this.#declare(id))
        );
      default:
        return false;
    }
  }

  #block(body: readonly AnyNode[], isSure: boolean): boolean {
    const outer = this.#declared;
    const isSimple = body.every((each) => this.#statement(each, isSure));
    this.#declared = outer;
    return isSimple;
  }

  #declare(id: AnyNode): boolean {
    if (id.type !== 'Identifier') return false;
    this.#assigned.add(id.name);
    this.#declared = [...this.#declared, id.name];
    return true;
  }

  #expression(node: AnyNode, isSure: boolean): boolean {
    switch (node.type) {
      case 'Identifier':
        this.#use(node.name, isSure);
        return true;
      case 'Literal':
        return typeof node.value === 'number';
      case 'ParenthesizedExpression':
        return this.#expression(node.expression, isSure);
      case 'UnaryExpression':
        return /^[-+!~]$/.test(node.operator) && this.#expression(node.argument, isSure);
      case 'BinaryExpression':
        return !/^in/.test(node.operator) && this.#all([node.left, node.right], isSure);
      case 'LogicalExpression':
        return this.#expression(node.left, isSure) && this.#expression(node.right, false);
      case 'ConditionalExpression':
        return this.#expression(node.test, isSure) && this.#all([node.consequent, node.alternate], false);
      case 'SequenceExpression':
        return this.#all(node.expressions, isSure);
      case 'CallExpression':
        return !node.optional && this.#isOfMath(node.callee) && this.#all(node.arguments, isSure);
      case 'MemberExpression':
        return this.#isOfMath(node) || this.#element(node, 'read', isSure);
      case 'UpdateExpression':
        return this.#target(node.argument, isSure);
      case 'AssignmentExpression':
        return (
          !/^(&&|\|\||\?\?)=$/.test(node.operator) &&
          this.#target(node.left, isSure) &&
          this.#expression(node.right, isSure)
        );
      default:
        return false;
    }
  }

  #all(nodes: readonly (AnyNode | null | undefined)[], isSure: boolean): boolean {
    return nodes.every((node) => node == null || this.#expression(node, isSure));
  }

  /** What is written: a variable or an element. */
  #target(node: AnyNode, isSure: boolean): boolean {
    if (node.type !== 'Identifier') return this.#element(node, 'write', isSure);
    this.#assigned.add(node.name);
    this.#use(node.name, isSure);
    if (!isSure) this.unsurelyAssigned.add(node.name);
    return true;
  }

  #use(name: string, isSure: boolean): void {
    if (!this.#declared.includes(name)) (isSure ? this.sureVariables : this.unsureVariables).add(name);
  }

  /** `Math.sqrt`, `Math.PI` */
  #isOfMath(node: AnyNode): boolean {
    if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier')
      return false;
    if (node.object.type !== 'Identifier' || node.object.name !== 'Math') return false;
    this.mathNames.add(node.property.name);
    return true;
  }

  #element(node: AnyNode, kind: LoopAccess['kind'], isSure: boolean): boolean {
    if (!isElement(node) || !isPlainElement(node)) return false;
    const access = { kind, view: node.object.name, key: node.property };
    for (const name of namesOf(node.property)) this.#use(name, isSure);
    if (isSure) this.#accesses.push(access);
    else this.#unsure.push(access);
    return true;
  }
}

/** An element of a variable, with a key that can be written twice. */
type PlainElement = ElementNode & {
  readonly object: { readonly name: string };
  readonly property: Expression;
};

/** `v[i]`, `v[i + 1]` */
function isPlainElement(node: ElementNode): node is PlainElement {
  return !node.optional && node.object.type === 'Identifier' && isPlainKey(node.property);
}

/** The variables of a plain key. */
export function namesOf(key: AnyNode): string[] {
  if (key.type === 'Identifier') return [key.name];
  return key.type === 'BinaryExpression' ? [key.left, key.right].flatMap(namesOf) : [];
}

/** Whether where the one access is noted, nothing is left to note of the other. */
function covers(one: LoopAccess, other: LoopAccess): boolean {
  return (
    (one.kind === 'write' || other.kind === 'read') && one.view === other.view && isSame(one.key, other.key)
  );
}

/** Whether two plain keys are written the same. */
function isSame(one: AnyNode, other: AnyNode): boolean {
  if (one.type === 'Identifier') return other.type === 'Identifier' && one.name === other.name;
  if (one.type === 'Literal') return other.type === 'Literal' && one.value === other.value;
  if (one.type !== 'BinaryExpression' || other.type !== 'BinaryExpression') return false;
  return one.operator === other.operator && isSame(one.left, other.left) && isSame(one.right, other.right);
}
