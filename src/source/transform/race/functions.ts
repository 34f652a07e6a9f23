import type { AnyNode, Expression, Function as FunctionNode, PropertyDefinition, StaticBlock } from 'acorn';
import { visitPattern } from './patterns.js';
import { Scope } from './scope.js';
import { isAnonymousDefinition } from './shapes.js';
import type { Walk } from './walk.js';
import { visitWrapped } from './wrapped.js';

/** A function: parameters and body. */
export function visitFunction(walk: Walk, node: FunctionNode): void {
  if (isAsm(node)) return;
  walk.inScope(new Scope('closed'), () => {
    for (const parameter of node.params) visitPattern(walk, parameter, 'skip');
  });
  const { body } = node;
  walk.inScope(new Scope('open', walk.contextOf(node)), () => {
    for (const each of node.params) if (each.type === 'Identifier') walk.scope.declare(each.name, 'var');
    if (body.type !== 'BlockStatement') visitArrowBody(walk, body, node.end);
    else {
      const at = behindDirectives(body.body, body.start + 1);
      const mark = walk.insertions.length;
      walk.visitAll(body.body);
      const { context } = walk.scope;
      if (context !== undefined) walk.insert(body.end - 1, `;${context.leave}`);
      declareTemporaries(walk, { offset: at, mark, by: 'var' });
    }
  });
}

/** V8 would say that it is no asm.js any more. */
function isAsm({ body }: FunctionNode): boolean {
  const statements: readonly AnyNode[] = body.type === 'BlockStatement' ? body.body : [];
  return statements.some((node) => 'directive' in node && node.directive === 'use asm');
}

/** The body of `x => …` becomes a block where it needs temporaries, or a context. */
function visitArrowBody(walk: Walk, body: Expression, end: number): void {
  const mark = walk.insertions.length;
  const { context } = walk.scope;
  const value = context === undefined || isAnonymousDefinition(body) ? undefined : walk.scope.take();
  walk.visit(body);
  const { names } = walk.scope;
  if (names.length === 0) return;
  const enter = value === undefined || context === undefined ? ';' : context.enter('var');
  const open = value === undefined ? '' : `${value}=(`;
  const text = `{var ${names}${enter}return (${open}`;
  walk.insertions.splice(mark, 0, { offset: body.start, text });
  walk.insertions.push({ offset: end, text: value === undefined ? ')}' : `),${context?.leave},${value})}` });
}

/** The value of a field is code of its own. */
export function visitField(walk: Walk, { computed, key, value }: PropertyDefinition): void {
  if (computed) walk.visit(key);
  if (value) visitWrapped(walk, value);
}

/** `static {…}` of a class. */
export function visitStaticBlock(walk: Walk, { start, body }: StaticBlock): void {
  walk.inScope(new Scope('open'), () => {
    const mark = walk.insertions.length;
    walk.visitAll(body);
    declareTemporaries(walk, { offset: staticBodyStart(walk.code, start), mark, by: 'var' });
  });
}

/** Behind the brace of `static {`, which may have comments in front of it. */
function staticBodyStart(code: string, start: number): number {
  const head = /static(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*\{/y;
  head.lastIndex = start;
  head.test(code);
  return head.lastIndex;
}

/** Where and how temporaries are declared. */
interface Declaration {
  readonly offset: number;
  /** In front of what was put in since. */
  readonly mark: number;
  readonly by: 'var' | 'let';
}

/** Declares the temporaries of the scope that ends, and enters its context. */
export function declareTemporaries(walk: Walk, { offset, mark, by }: Declaration): void {
  const { context, names } = walk.scope;
  const declared = names.length > 0 ? `;${by} ${names};` : '';
  const text = declared + (context === undefined ? '' : context.enter(by));
  if (text !== '') walk.insertions.splice(mark, 0, { offset, text });
}

/** Behind the directives (`'use strict'`) that a body starts with. */
export function behindDirectives(body: readonly AnyNode[], start: number): number {
  let at = start;
  for (const node of body) {
    if (node.type !== 'ExpressionStatement' || !('directive' in node) || node.directive === undefined) break;
    at = node.end;
  }
  return at;
}
