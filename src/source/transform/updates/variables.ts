import type {
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  Program,
} from 'acorn';
import { childrenOf } from '../race/shapes.js';

/** Any function. */
export type FunctionNode =
  | FunctionDeclaration
  | AnonymousFunctionDeclaration
  | FunctionExpression
  | ArrowFunctionExpression;

/** A variable of a module or function that functions within it use as well. */
export interface Variable {
  readonly name: string;
  /** Where it is declared: at the top level of its body, or as a parameter. */
  readonly owner: Program | FunctionNode;
}

/** Which variable an identifier in an expression names; undefined for those that are not looked at. */
export type FindVariable = (node: Identifier) => Variable | undefined;

/** A part of the text in which names are declared. */
interface NameScope {
  readonly owner: Program | FunctionNode;
  readonly outer: NameScope | undefined;
  /** Names, and whether they are variables of the owner's own body. */
  readonly names: Map<string, Variable | undefined>;
}

/** Finds the variables of a file that are used in functions within their owner. */
export function findVariables(program: Program): FindVariable {
  const found = new Map<Identifier, Variable>();
  visitScope(program, { owner: program, outer: undefined, names: ownNames(program, program.body) }, found);
  return (node) => found.get(node);
}

function visitScope(node: AnyNode, scope: NameScope, found: Map<Identifier, Variable>): void {
  for (const child of childrenOf(node)) visitNode(child, scope, found);
}

function visitNode(node: AnyNode, scope: NameScope, found: Map<Identifier, Variable>): void {
  if (node.type === 'Identifier') {
    const variable = resolve(node.name, scope);
    if (variable !== undefined && variable.owner !== scope.owner) found.set(node, variable);
  } else if (isFunction(node)) {
    const names = ownNames(node, node.body.type === 'BlockStatement' ? node.body.body : []);
    visitScope(node, { owner: node, outer: scope, names }, found);
  } else if (/^(BlockStatement|For.*|SwitchStatement|CatchClause|StaticBlock|Class.*)$/.test(node.type)) {
    visitScope(node, { owner: scope.owner, outer: scope, names: blockNames(node, scope) }, found);
  } else visitScope(node, scope, found);
}

function resolve(name: string, scope: NameScope): Variable | undefined {
  for (let at: NameScope | undefined = scope; at !== undefined; at = at.outer) {
    if (at.names.has(name)) return at.names.get(name);
  }
  return undefined;
}

function ownNames(owner: Program | FunctionNode, body: readonly AnyNode[]): NameScope['names'] {
  const names: NameScope['names'] = new Map();
  const canDeclare = owner.type === 'Program' || owner.body.type === 'BlockStatement';
  const note = (name: string, kind: 'variable' | 'other'): void =>
    void names.set(name, kind === 'variable' && canDeclare ? { name, owner } : undefined);
  for (const name of body.flatMap(hoistedNames)) note(name, 'other');
  if (owner.type !== 'Program') {
    if ('id' in owner && owner.id) note(owner.id.name, 'other');
    for (const parameter of owner.params) for (const name of patternNames(parameter)) note(name, 'variable');
  }
  for (const node of body) for (const [name, kind] of declaredBy(node)) note(name, kind);
  return names;
}

/** What a statement declares in its block. */
function declaredBy(node: AnyNode): (readonly [name: string, kind: 'variable' | 'other'])[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) =>
        patternNames(id).map((name) => [name, node.kind === 'const' ? 'other' : 'variable'] as const),
      );
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [[node.id.name, 'other']] : [];
    case 'ExportNamedDeclaration':
      return node.declaration ? declaredBy(node.declaration) : [];
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) => [local.name, 'other']);
    default:
      return [];
  }
}

/** Names that blocks, loops and clauses declare: what they hide is not looked at. */
function blockNames(node: AnyNode, { owner }: NameScope): NameScope['names'] {
  const heads = 'init' in node ? [node.init] : 'left' in node ? [node.left] : [];
  const inner = 'body' in node && Array.isArray(node.body) ? (node.body as AnyNode[]) : []; // of a block
  const cases = node.type === 'SwitchStatement' ? node.cases.flatMap((each) => each.consequent) : [];
  const isOwn = owner.type !== 'Program' && owner.body === node;
  const names: NameScope['names'] = new Map();
  if (isOwn) return names; // those are the function's
  for (const each of [...heads, ...inner, ...cases]) {
    if (isNode(each)) for (const [name] of declaredBy(each)) names.set(name, undefined);
  }
  if (node.type === 'CatchClause' && node.param)
    for (const name of patternNames(node.param)) names.set(name, undefined);
  if ((node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.id)
    names.set(node.id.name, undefined);
  return names;
}

/** `var` names below a statement, but for functions in it. */
function hoistedNames(node: AnyNode): string[] {
  if (isFunction(node)) return [];
  const own =
    node.type === 'VariableDeclaration' && node.kind === 'var'
      ? node.declarations.flatMap(({ id }) => patternNames(id))
      : [];
  return [...own, ...[...childrenOf(node)].flatMap(hoistedNames)];
}

/** The names that a pattern binds. */
export function patternNames(pattern: AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => patternNames(each.type === 'Property' ? each.value : each));
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each === null ? [] : patternNames(each)));
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    default:
      return [];
  }
}

/** Whether it is a function. */
export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}
