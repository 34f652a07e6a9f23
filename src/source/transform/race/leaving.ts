import { visitPattern } from './patterns.js';
import { callsLater, isAnonymousDefinition } from './shapes.js';
import type { Visitor } from './walk.js';

// The ways out of a function and back into it, where the context of the caller takes the place of its own; see
// call-context.

/** What is returned is evaluated before the context is left. */
export const visitReturn: Visitor<'ReturnStatement'> = (walk, { start, argument }) => {
  const { context } = walk.scope;
  if (context === undefined) {
    if (argument != null) walk.visit(argument);
  } else if (argument == null) {
    walk.insert(start + 'return'.length, ` void(${context.leave})`);
  } else if (isAnonymousDefinition(argument) || !callsLater(argument)) {
    walk.wrap(argument, `(${context.leave},`, ')');
  } else {
    const { used } = walk.scope;
    const value = walk.scope.take();
    walk.wrap(argument, `(${value}=(`, `),${context.leave},${value})`);
    walk.scope.release(used);
  }
};

/** Whoever has called goes on while we wait; behind the wait, nobody has called. */
export const visitAwait: Visitor<'AwaitExpression'> = (walk, { start, end, argument }) => {
  const { context, used } = walk.scope;
  const value = context === undefined || isAnonymousDefinition(argument) ? undefined : walk.scope.take();
  if (context === undefined || value === undefined) {
    walk.visit(argument);
    return;
  }
  walk.insert(start, `(${value}=`);
  walk.wrap(argument, `(${value}=(`, `),${context.leave},${value})`);
  walk.insert(end, `,${context.goOn},${value})`);
  walk.scope.release(used);
};

/** An exception has passed by functions that did not leave their contexts. */
export const visitCatch: Visitor<'CatchClause'> = (walk, { param, body }) => {
  if (param) visitPattern(walk, param, 'skip');
  const { context } = walk.scope;
  if (context !== undefined) walk.insert(body.start + 1, `${context.resume};`);
  walk.visit(body);
};

/** A `finally` block may run when an exception passes by, or behind a `return`. */
export const visitTry: Visitor<'TryStatement'> = (walk, { block, handler, finalizer }) => {
  walk.visit(block);
  if (handler) walk.visit(handler);
  if (!finalizer) return;
  const { context } = walk.scope;
  if (context !== undefined)
    walk.insert(finalizer.start + 1, `const $profe=${context.current};${context.resume};`);
  walk.visit(finalizer);
  if (context !== undefined) walk.insert(finalizer.end - 1, `;${context.current}=$profe`);
};
