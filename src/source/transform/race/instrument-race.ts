import type { Program } from 'acorn';
import type { Insertion } from '../insertions.js';
import { visitAssignment, visitUpdate } from './assignments.js';
import { contextOf, hashContext, seedOf } from './call-context.js';
import { visitCall, visitCreation } from './calls.js';
import { visitMember, visitWithoutHook } from './elements.js';
import { behindDirectives, declareTemporaries } from './functions.js';
import { visitFor } from './noted-loops.js';
import { visitDeclaration, visitDeclarator, visitForEach, visitObject } from './patterns.js';
import { Scope } from './scope.js';
import { scopeVisitors } from './scope-visitors.js';
import type { RaceSite } from './sites.js';
import { type Visitors, Walk } from './walk.js';

/** What `instrumentRace` gives. */
export interface RaceEdits {
  readonly insertions: readonly Insertion[];
  readonly sites: readonly RaceSite[];
}

/** What `instrumentRace` is to know of a file. */
export interface RaceInput {
  readonly code: string;
  /** URL or path of the file: contexts of different files differ. */
  readonly name: string;
  /** Gives the id of the next site. */
  readonly nextSite: () => number;
  /** A script's own variables would become global ones: `let` keeps them out of the global object. */
  readonly declareBy: 'var' | 'let';
}

/** What is done where; each has a comment that shows it. */
const visitors: Visitors = {
  ...scopeVisitors,
  MemberExpression: visitMember,
  ChainExpression: (walk, { expression, end }) => walk.inChain(expression, end),
  AssignmentExpression: visitAssignment,
  UpdateExpression: visitUpdate,
  UnaryExpression: (walk, { operator, argument }) =>
    operator === 'delete' ? visitWithoutHook(walk, argument) : walk.visit(argument),
  CallExpression: visitCall,
  NewExpression: visitCreation,
  ObjectExpression: visitObject,
  TaggedTemplateExpression: (walk, { tag, quasi }) => {
    visitWithoutHook(walk, tag);
    walk.visit(quasi);
  },
  VariableDeclaration: visitDeclaration,
  VariableDeclarator: visitDeclarator,
  BlockStatement: (walk, { body }) => walk.scope.inBlock(() => walk.visitAll(body)),
  SwitchCase: (walk, { test, consequent }) => walk.scope.inBlock(() => walk.visitAll([test, ...consequent])),
  ForStatement: visitFor,
  ForOfStatement: visitForEach,
  ForInStatement: visitForEach,
};

/**
 * Puts hooks in at every access that may touch shared memory: `a[i]` becomes `a[$prof_view(a)&&…,i]`.
 *
 * Nothing of the code is left out or moved: `$prof_…` are functions of the global object, see `installHooks`.
 *
 * @param program - acorn's tree, with ParenthesizedExpression nodes
 */
export function instrumentRace(program: Program, { code, name, nextSite, declareBy }: RaceInput): RaceEdits {
  const seed = seedOf(name);
  const walk = new Walk({ code, contextOf: (node) => contextOf(node, seed), nextSite }, visitors);
  const context = hashContext({ start: -1 }, seed);
  walk.inScope(new Scope('open', context), () => {
    const offset = bodyStart(program, code);
    const mark = walk.insertions.length;
    walk.visitAll(program.body);
    walk.insertions.push({ offset: program.body.at(-1)?.end ?? offset, text: `;${context.leave};` });
    declareTemporaries(walk, { offset, mark, by: declareBy });
  });
  return { insertions: walk.insertions, sites: walk.sites.sites };
}

/** Where the code of a file starts: behind a `#!` line and the directives. */
export function bodyStart({ body }: Program, code: string): number {
  const start = code.startsWith('#!') ? (body[0]?.start ?? code.length) : 0;
  return behindDirectives(body, start);
}
