import { visitField, visitFunction, visitStaticBlock } from './functions.js';
import { visitAwait, visitCatch, visitReturn, visitTry } from './leaving.js';
import type { Visitors } from './walk.js';

/** What is done with functions, with what else has temporaries of its own, and where they are left: the same whatever is hooked. */
export const scopeVisitors: Visitors = {
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  PropertyDefinition: visitField,
  StaticBlock: visitStaticBlock,
  WithStatement: () => {}, // names in it may be anything
  ReturnStatement: visitReturn,
  AwaitExpression: visitAwait,
  TryStatement: visitTry,
  CatchClause: visitCatch,
};
