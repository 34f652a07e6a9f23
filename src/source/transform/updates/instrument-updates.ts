import type {
  Function as AnyFunction,
  AssignmentExpression,
  CallExpression,
  Identifier,
  MemberExpression,
  Program,
  UpdateExpression,
  VariableDeclarator,
} from 'acorn';
import type { CallContext } from '../race/call-context.js';
import { behindDirectives, declareTemporaries, visitFunction } from '../race/functions.js';
import { bodyStart, type RaceEdits, type RaceInput } from '../race/instrument-race.js';
import { Scope } from '../race/scope.js';
import { scopeVisitors } from '../race/scope-visitors.js';
import { childrenOf, isAnonymousDefinition, withoutBrackets } from '../race/shapes.js';
import { type Visitors, Walk } from '../race/walk.js';
import { isCollectionCall, isLogical } from './dependences.js';
import { HookText, hooks, keepPlace } from './hook-text.js';
import { isActivation, makePlan } from './plan.js';
import type { FunctionNode, Variable } from './variables.js';

/** How an async function tells which call of it is running. */
const activation: CallContext = {
  enter: (declareBy) => `;${declareBy} $profa=${hooks}.enter();`,
  leave: `${hooks}.current=$profa.caller`,
  resume: `${hooks}.current=$profa`,
  goOn: `$profa.caller=void 0,${hooks}.current=$profa`,
  current: `${hooks}.current`,
};

/**
 * Puts hooks in where a program writes properties and variables, and where an async function reads what it later
 * writes: `total += await f()` becomes
 *
 *   ($profu.readVariable($profl0,$profu,1,$profa),$0=(total += await f()),$profu.writeVariable($profl0,$0,2,$profa,[1],[]),$0)
 *
 * @param program - acorn's tree, with ParenthesizedExpression nodes
 */
export function instrumentUpdates(program: Program, { code, nextSite, declareBy }: RaceInput): RaceEdits {
  const plan = makePlan(program, nextSite);
  const walk: Walk = new Walk(
    { code, contextOf, nextSite },
    visitorsFor(() => pass),
  );
  const pass = new UpdatePass(new HookText(walk, plan));
  walk.inScope(new Scope('open'), () => {
    const offset = bodyStart(program, code);
    const mark = walk.insertions.length;
    walk.visitAll(program.body);
    declareTemporaries(walk, { offset, mark, by: declareBy });
    pass.declareVariables(program, { offset, mark, by: declareBy });
  });
  return { insertions: walk.insertions, sites: walk.sites.sites };
}

function contextOf(node: AnyFunction): CallContext | undefined {
  return isActivation(node) ? activation : undefined;
}

function visitorsFor(pass: () => UpdatePass): Visitors {
  const visitFunctionNode = (_: Walk, node: FunctionNode): void => pass().function(node);
  return {
    ...scopeVisitors,
    Identifier: (_, node) => pass().identifier(node),
    MemberExpression: (_, node) => pass().member(node),
    AssignmentExpression: (_, node) => pass().assignment(node),
    UpdateExpression: (_, node) => pass().update(node),
    VariableDeclarator: (_, node) => pass().declarator(node),
    CallExpression: (_, node) => pass().call(node),
    FunctionDeclaration: visitFunctionNode,
    FunctionExpression: visitFunctionNode,
    ArrowFunctionExpression: visitFunctionNode,
    ForOfStatement: (walk, node) => {
      walk.visitAll([node.left, node.right]);
      const { context } = walk.scope;
      if (node.await && context !== undefined && node.body.type === 'BlockStatement')
        walk.insert(node.body.start + 1, `${context.goOn};`);
      walk.visit(node.body);
    },
  };
}

class UpdatePass {
  readonly #text: HookText;
  readonly #walk: Walk;

  constructor(text: HookText) {
    this.#text = text;
    this.#walk = text.walk;
  }

  function(node: FunctionNode): void {
    const mark = this.#walk.insertions.length;
    visitFunction(this.#walk, node);
    if (node.body.type !== 'BlockStatement') return;
    const offset = behindDirectives(node.body.body, node.body.start + 1);
    this.declareVariables(node, { offset, mark, by: 'var' });
  }

  /** The state of variables begins with the variables. */
  declareVariables(
    owner: Variable['owner'],
    { offset, mark, by }: Parameters<typeof declareTemporaries>[1],
  ): void {
    const own = [...this.#text.plan.variables].filter(([variable]) => variable.owner === owner);
    if (own.length === 0) return;
    const made = own.map(([{ name }, state]) => `${state}=${hooks}.variable(${JSON.stringify(name)})`);
    this.#walk.insertions.splice(mark, 0, { offset, text: `;${by} ${made};` });
  }

  /** `total` where what comes of it is written to `total` later. */
  identifier(node: Identifier): void {
    const state = this.#text.plan.reads.has(node) ? this.#text.variable(node) : undefined;
    if (state === undefined) return;
    this.#walk.insert(node.start, `(${this.#text.read(node, `Variable(${state},${node.name}`)},`);
    this.#walk.insert(node.end, ')');
  }

  /** `o.p` where what comes of it is written to `p` later. */
  member(node: MemberExpression): void {
    const { used } = this.#walk.scope;
    const value = this.#text.plan.reads.has(node) ? this.#walk.scope.take() : undefined;
    if (value === undefined) {
      this.#walk.visitAll(node.computed ? [node.object, node.property] : [node.object]);
      return;
    }
    this.#walk.insert(node.start, `(${value}=`);
    const place = keepPlace(this.#walk, node);
    if (place === undefined) this.#walk.insert(node.end, ')');
    else {
      const read = this.#text.read(node, `Property(${place.object},${place.key},${value}`);
      this.#walk.insert(node.end, `,${read},${value})`);
    }
    this.#walk.scope.release(used);
  }

  assignment(node: AssignmentExpression): void {
    const target = withoutBrackets(node.left);
    if (target.type === 'MemberExpression' && target.object.type !== 'Super')
      this.#property(node, target, node.right);
    else if (target.type === 'Identifier') this.#variable(node, target, node.right);
    else this.#walk.visitAll(childrenOf(node));
  }

  update(node: UpdateExpression): void {
    const target = withoutBrackets(node.argument);
    if (target.type === 'MemberExpression' && target.object.type !== 'Super') this.#property(node, target);
    else if (target.type === 'Identifier') this.#variable(node, target);
    else this.#walk.visit(target);
  }

  /** `o.p = value`, `o.p += value`, `o.p++` */
  #property(
    node: AssignmentExpression | UpdateExpression,
    target: MemberExpression,
    right?: AssignmentExpression['right'],
  ): void {
    const walk = this.#walk;
    const { used } = walk.scope;
    const value = isNamedByHook(node) ? undefined : walk.scope.take();
    if (value === undefined) {
      walk.visitAll(childrenOf(node));
      return;
    }
    const isLate = mayNotWrite(node);
    if (!isLate) walk.insert(node.start, `(${value}=(`);
    const isRead = this.#text.plan.reads.has(target);
    const place = keepPlace(walk, target, ({ object, key }) =>
      isRead ? this.#text.read(target, `Property(${object},${key},${hooks}`) : '',
    );
    const what = place && `Property(${place.object},${place.key},${right === undefined ? hooks : value}`;
    if (isLate && right !== undefined) walk.insert(right.start, `(${value}=(`);
    if (right !== undefined) walk.visit(right);
    walk.insert(node.end, what === undefined ? '))' : `),${this.#text.write(node, what)},${value})`);
    walk.scope.release(used);
  }

  /** `total = value`, `total += value`, `total++` */
  #variable(
    node: AssignmentExpression | UpdateExpression,
    target: Identifier,
    right?: AssignmentExpression['right'],
  ): void {
    const walk = this.#walk;
    const { used } = walk.scope;
    const state = this.#text.variable(target);
    const value = state === undefined || isNamedByHook(node) ? undefined : walk.scope.take();
    if (value === undefined) {
      if (right !== undefined) walk.visit(right);
      return;
    }
    const isRead = this.#text.plan.reads.has(target);
    const read = isRead ? `${this.#text.read(target, `Variable(${state},${hooks}`)},` : '';
    const written = right === undefined ? hooks : value;
    if (mayNotWrite(node) && right !== undefined) {
      walk.insert(node.start, `(${read}`);
      walk.insert(right.start, `(${value}=(`);
    } else walk.insert(node.start, `(${read}${value}=(`);
    if (right !== undefined) walk.visit(right);
    const late = mayNotWrite(node) ? ')' : '';
    walk.insert(node.end, `),${this.#text.write(node, `Variable(${state},${written}`)},${value})${late}`);
    walk.scope.release(used);
  }

  /** `const { p } = o` where what comes of it is written to `p` later. */
  declarator({ id: pattern, init }: VariableDeclarator): void {
    const walk = this.#walk;
    walk.visit(pattern);
    if (init == null) return;
    const properties = pattern.type === 'ObjectPattern' ? pattern.properties : [];
    const read = properties.filter((property) => this.#text.plan.reads.has(property));
    const { used } = walk.scope;
    const value = read.length === 0 || isAnonymousDefinition(init) ? undefined : walk.scope.take();
    if (value === undefined) {
      walk.visit(init);
      return;
    }
    walk.wrap(init, `(${value}=(`, ')');
    for (const property of read) {
      const name =
        property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '';
      const place = `Property(${value},${JSON.stringify(name)},${hooks}`;
      walk.insert(init.end, `,${this.#text.read(property, place)}`);
    }
    walk.insert(init.end, `,${value})`);
    walk.scope.release(used);
  }

  /** `m.get(k)`, `m.set(k, value)`: the method is told behind its arguments where it is called from. */
  call(node: CallExpression): void {
    const walk = this.#walk;
    const last = node.arguments.at(-1);
    const isOfPlan = this.#text.plan.reads.has(node) || this.#text.plan.writes.has(node);
    const isWanted = isOfPlan && last !== undefined && !isAnonymousDefinition(last);
    const { used } = walk.scope;
    const value = isWanted && isCollectionCall(node, /./) ? walk.scope.take() : undefined;
    if (value === undefined || last === undefined) {
      walk.visitAll(childrenOf(node));
      return;
    }
    walk.visit(node.callee);
    walk.visitAll(node.arguments.slice(0, -1));
    walk.insert(last.start, `(${value}=(`);
    walk.visit(last);
    walk.insert(last.end, `),${this.#text.next(node)},${value})`);
    walk.scope.release(used);
  }
}

/** `f ??= () => {}`: the function would get its name from a temporary. */
function isNamedByHook(node: AssignmentExpression | UpdateExpression): boolean {
  return node.type === 'AssignmentExpression' && isLogical(node) && isAnonymousDefinition(node.right);
}

function mayNotWrite(node: AssignmentExpression | UpdateExpression): boolean {
  return node.type === 'AssignmentExpression' && isLogical(node);
}
