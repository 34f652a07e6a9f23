import type {
  AnonymousClassDeclaration,
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrayExpression,
  ArrowFunctionExpression,
  AssignmentExpression,
  AwaitExpression,
  BinaryExpression,
  CallExpression,
  ClassDeclaration,
  ClassExpression,
  ConditionalExpression,
  FunctionDeclaration,
  FunctionExpression,
  LogicalExpression,
  NewExpression,
  ObjectExpression,
  YieldExpression,
} from 'acorn';
import { type LineCursor, merged } from './line-cursor.js';
import { bare, isConstant, isFunctionLike, isNoNumber, mayAllocate } from './line-shapes.js';
import { childrenOf } from './race/shapes.js';

/** Called for functions and classes, whose code runs in frames of their own. */
export interface InnerCode {
  functionNode(node: FunctionNode): void;
  classNode(node: ClassNode): void;
}

/** A function of any form. */
export type FunctionNode =
  | AnonymousFunctionDeclaration
  | ArrowFunctionExpression
  | FunctionDeclaration
  | FunctionExpression;

/** A class of any form. */
export type ClassNode = AnonymousClassDeclaration | ClassDeclaration | ClassExpression;

/**
 * Marks the lines of an expression that goes over several: a part that begins on another line and may
 * allocate, and a call whose arguments do.
 *
 *     f(                        f(
 *       { a: g() },      →        __profLines[1]((__profLines[2](),{ a: g() })),
 *     );                        );
 *
 * No part that carries a name or `this` to its neighbour is put in parentheses.
 */
export class ExpressionMarks {
  readonly #cursor: LineCursor;
  readonly #inner: InnerCode;

  constructor(cursor: LineCursor, inner: InnerCode) {
    this.#cursor = cursor;
    this.#inner = inner;
  }

  /** An expression that may be put in parentheses; functions and classes too, which get no name here. */
  value(node: AnyNode): void {
    if (node.type === 'ParenthesizedExpression') {
      this.value(node.expression);
      return;
    }
    const line = this.#cursor.lineOf(node.start);
    const isMarked = this.#cursor.current === line || this.#cursor.isFrozen || !mayAllocate(node);
    if (isMarked) this.inside(node);
    else this.#marked(node, line);
  }

  /** The same, where an anonymous function or class would get its name from what stands before. */
  namedValue(node: AnyNode): void {
    if (isFunctionLike(node)) this.inside(node);
    else this.value(node);
  }

  /** Code that stays as it is, but for functions in it. */
  asIs(node: AnyNode): void {
    this.#cursor.frozen(() => this.inside(node));
  }

  /** The parts of an expression, in the order of evaluation. */
  inside(node: AnyNode): void {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#inner.functionNode(node);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#inner.classNode(node);
        return;
      case 'ArrayExpression':
        this.#array(node);
        return;
      case 'ObjectExpression':
        this.#object(node);
        return;
      case 'CallExpression':
        this.#call(node, this.#callLine(node.callee));
        return;
      case 'NewExpression':
        this.#call(node, this.#cursor.lineOf(node.start));
        return;
      case 'AssignmentExpression':
        this.#assignment(node);
        return;
      case 'LogicalExpression':
        this.#logical(node);
        return;
      case 'ConditionalExpression':
        this.#conditional(node);
        return;
      case 'BinaryExpression':
        this.#binary(node);
        return;
      case 'SequenceExpression':
      case 'TemplateLiteral':
        for (const each of node.expressions) this.value(each);
        return;
      case 'TaggedTemplateExpression':
        this.inside(node.tag);
        this.inside(node.quasi);
        return;
      case 'AwaitExpression':
      case 'YieldExpression':
        this.#resumed(node);
        return;
      case 'ChainExpression':
        this.#maybe(() => this.inside(node.expression));
        return;
      case 'ArrayPattern':
      case 'ObjectPattern':
        this.#cursor.frozen(() => this.#children(node));
        return;
      default:
        this.#children(node);
    }
  }

  #children(node: AnyNode): void {
    for (const child of childrenOf(node)) this.inside(child);
  }

  /** An `await` or `yield` whose value goes nowhere that could allocate: the next mark is soon enough. */
  suspended(node: AwaitExpression | YieldExpression): void {
    if (node.argument != null) this.value(node.argument);
    this.#cursor.current = undefined;
  }

  #marked(node: AnyNode, line: number): void {
    this.#cursor.insert(node.start, `(${this.#cursor.mark(line)}),`);
    this.inside(node);
    this.#cursor.insert(node.end, ')');
  }

  /** What may not be evaluated at all. */
  #maybe(walk: () => void): void {
    const before = this.#cursor.current;
    walk();
    this.#cursor.current = merged(before, this.#cursor.current);
  }

  #array({ elements }: ArrayExpression): void {
    for (const element of elements) {
      if (element === null || isConstant(element)) continue;
      this.value(element.type === 'SpreadElement' ? element.argument : element);
    }
  }

  #object({ properties }: ObjectExpression): void {
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        this.value(property.argument);
        continue;
      }
      if (property.computed) this.value(property.key);
      if (property.shorthand || isConstant(property.value)) continue;
      this.namedValue(property.value);
    }
  }

  #call({ callee, arguments: given }: CallExpression | NewExpression, line: number): void {
    this.inside(callee);
    for (const each of given.slice(0, -1)) this.#argument(each);
    const last = given.at(-1);
    if (last !== undefined) this.#lastArgument(last, line);
  }

  #argument(node: AnyNode): void {
    this.value(node.type === 'SpreadElement' ? node.argument : node);
  }

  /** Behind it the line of the call is to be marked again; before it where it marks no line itself. */
  #lastArgument(node: AnyNode, line: number): void {
    const cursor = this.#cursor;
    const value = node.type === 'SpreadElement' ? node.argument : node;
    const marks = cursor.marks;
    cursor.around(
      value,
      () => this.value(value),
      () => {
        if (cursor.current === line) return undefined;
        const isQuiet =
          cursor.marks === marks && (!mayAllocate(value) || cursor.lineOf(value.start) === line);
        if (isQuiet) return [`(${cursor.mark(line)}),`, ')'];
        return isNoNumber(value) ? [cursor.mark(line), ')'] : undefined;
      },
    );
  }

  /** V8 places the call of a method at its name. */
  #callLine(callee: AnyNode): number {
    const called = bare(callee);
    if (called.type !== 'MemberExpression') return this.#cursor.lineOf(called.end - 1);
    return this.#cursor.lineOf(called.computed ? called.end - 1 : called.property.start);
  }

  #assignment({ left, right, operator }: AssignmentExpression): void {
    this.inside(left);
    if (/^(&&|\|\||\?\?)=$/.test(operator)) this.#maybe(() => this.namedValue(right));
    else this.namedValue(right);
  }

  #logical({ left, right }: LogicalExpression): void {
    this.inside(left);
    this.#maybe(() => this.value(right));
  }

  #conditional({ test, consequent, alternate }: ConditionalExpression): void {
    this.inside(test);
    const before = this.#cursor.current;
    this.value(consequent);
    const after = this.#cursor.current;
    this.#cursor.current = before;
    this.value(alternate);
    this.#cursor.current = merged(after, this.#cursor.current);
  }

  /** Texts are put together on the line of what is added. */
  #binary({ left, right, operator }: BinaryExpression): void {
    this.inside(left);
    const line = this.#cursor.lineOf(right.start);
    const isAdded = operator === '+' && right.type !== 'Literal' && this.#cursor.current !== line;
    if (isAdded && !isFunctionLike(right)) this.#marked(right, line);
    else this.value(right);
  }

  /** The function goes on in another frame, which must be told its line. */
  #resumed(node: AwaitExpression | YieldExpression): void {
    const line = this.#cursor.lineOf(node.start);
    this.#cursor.around(
      node,
      () => this.suspended(node),
      () => [this.#cursor.mark(line), ')'],
    );
  }
}
