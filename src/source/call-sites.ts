import type {
  AnyNode,
  BlockStatement,
  CallExpression,
  NewExpression,
  Program,
  TaggedTemplateExpression,
} from 'acorn';
import { isBuiltinFunction, isBuiltinMethod, isBuiltinNamespace } from './builtins.js';
import { LineIndex, type Position } from './line-index.js';

/** A part of a program that calls something. */
export type CallNode = CallExpression | NewExpression | TaggedTemplateExpression;

/** A place in a text where something is called. Lines and columns are 1-based, columns in UTF-16 code units. */
export interface CallSite {
  readonly node: CallNode;
  /** The whole of it. */
  readonly start: Position;
  readonly end: Position;
  /** Where V8 says that the call is: the last name before its arguments. */
  readonly line: number;
  readonly column: number;
  /**
   * What is called: `names`: a function of one of these names; `any`: what a variable holds, or an index;
   * `inside`: a function that stands in the call itself; `language`: a function of the language, which has no frame.
   */
  readonly callee: 'names' | 'any' | 'inside' | 'language';
  /** Names that the function called may have. */
  readonly names: readonly string[];
  /** Names that stand alone as arguments; it may call them. */
  readonly given: readonly string[];
  /** Whether it means something else when it is moved: in an optional chain, below `new`, in `with`. */
  readonly isFixed: boolean;
  /** The body of the function around it, where it may declare variables; undefined in parameters and the like. */
  readonly body: BlockStatement | Program | undefined;
}

interface Task {
  readonly node: AnyNode;
  readonly superName: string | undefined;
  readonly body: BlockStatement | Program | undefined;
  readonly isInWith: boolean;
}

/** Every call of a program, in the order of the text, an enclosing one before those in it. */
export function callSitesOf(program: Program, code: string): CallSite[] {
  const lines = new LineIndex(code);
  const functions = new Set<string>();
  const fixed = new Set<AnyNode>();
  const calls: (Task & { readonly node: CallNode })[] = [];
  // Note: a stack of our own; generated code nests deeper than calls may.
  const tasks: Task[] = [{ node: program, superName: undefined, body: program, isInWith: false }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { node } = task;
    noteFunctions(node, functions);
    noteFixed(node, fixed);
    if (isCall(node)) calls.push({ ...task, node });
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) tasks.push(taskBelow(child, task));
    }
  }
  return calls.map(({ node, superName, body, isInWith }) => {
    const { line, column } = lines.position(placeOf(node, code));
    const callee = calleeOf(node, { functions, superName });
    return {
      node,
      start: lines.position(node.start),
      end: lines.position(node.end),
      line,
      column,
      ...callee,
      given: givenTo(node),
      isFixed: isInWith || fixed.has(node),
      body,
    };
  });
}

function taskBelow(node: AnyNode, { node: above, superName, body, isInWith }: Task): Task {
  const isBody = isFunction(above) && 'body' in above && above.body === node;
  const inner = isBody && node.type === 'BlockStatement' ? node : undefined;
  const isApart = isFunction(above) || above.type === 'PropertyDefinition' || above.type === 'StaticBlock';
  return {
    node,
    superName: superNameOf(above, superName),
    body: isApart ? inner : body,
    isInWith: isInWith || (above.type === 'WithStatement' && above.body === node),
  };
}

/** Notes what cannot be taken out of an optional chain, or from below a `new`. */
function noteFixed(node: AnyNode, fixed: Set<AnyNode>): void {
  if (node.type === 'ChainExpression') noteSpine(node.expression, fixed);
  if (node.type === 'NewExpression') noteSpine(node.callee, fixed);
}

function noteSpine(node: AnyNode, fixed: Set<AnyNode>): void {
  for (let at: AnyNode | undefined = node; at !== undefined; at = below(at)) fixed.add(at);
}

/** What an expression begins with; undefined for one that stands by itself. */
function below(node: AnyNode): AnyNode | undefined {
  if (node.type === 'CallExpression') return node.callee;
  if (node.type === 'MemberExpression') return node.object;
  return node.type === 'TaggedTemplateExpression' ? node.tag : undefined;
}

/** The nodes directly below a node. */
function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isCall(node: AnyNode): node is CallNode {
  return (
    node.type === 'CallExpression' ||
    node.type === 'NewExpression' ||
    node.type === 'TaggedTemplateExpression'
  );
}

/** What is called, without the parentheses around it. */
export function calleeNode(node: CallNode): AnyNode {
  let callee: AnyNode = node.type === 'TaggedTemplateExpression' ? node.tag : node.callee;
  while (callee.type === 'ParenthesizedExpression') callee = callee.expression;
  return callee;
}

/** Names that functions of the file go by: declared, imported, or made where a variable is declared. */
function noteFunctions(node: AnyNode, functions: Set<string>): void {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id !== null) functions.add(node.id.name);
      break;
    case 'ImportSpecifier':
      functions.add(node.local.name);
      break;
    case 'VariableDeclarator':
      if (node.id.type === 'Identifier' && node.init && isFunctionValue(node.init))
        functions.add(node.id.name);
      break;
  }
}

function isFunctionValue(node: AnyNode): boolean {
  return /^(ArrowFunction|Function|Class)Expression$/.test(node.type);
}

function isFunction(node: AnyNode): boolean {
  return /^(ArrowFunctionExpression|Function(Expression|Declaration))$/.test(node.type);
}

function superNameOf(node: AnyNode, around: string | undefined): string | undefined {
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return around;
  return node.superClass?.type === 'Identifier' ? node.superClass.name : undefined;
}

function placeOf(node: CallNode, code: string): number {
  if (node.type === 'NewExpression') return node.start;
  const callee = calleeNode(node);
  if (callee.type === 'Identifier') return callee.start;
  if (callee.type === 'MemberExpression' && !callee.computed) return callee.property.start;
  return node.type === 'CallExpression' ? argumentsStart(node, code) : node.quasi.start;
}

/** Blanks, comments and `?.` between what is called and its arguments. */
const beforeArguments = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*|\?\.)*/y;

/** Where the parenthesis of a call stands; behind the callee where it has none. */
export function argumentsStart(node: CallExpression | NewExpression, code: string): number {
  beforeArguments.lastIndex = node.callee.end;
  beforeArguments.test(code);
  return code[beforeArguments.lastIndex] === '(' ? beforeArguments.lastIndex : node.callee.end;
}

interface Known {
  readonly functions: ReadonlySet<string>;
  readonly superName: string | undefined;
}

function calleeOf(node: CallNode, { functions, superName }: Known): Pick<CallSite, 'callee' | 'names'> {
  const callee = calleeNode(node);
  switch (callee.type) {
    case 'Super':
      return { callee: 'any', names: superName === undefined ? [] : [superName] };
    case 'Identifier':
      if (functions.has(callee.name)) return { callee: 'names', names: [callee.name] };
      return { callee: isBuiltinFunction(callee.name) ? 'language' : 'any', names: [callee.name] };
    case 'MemberExpression':
      return memberCallee(callee);
    default:
      return { callee: isFunctionValue(callee) ? 'inside' : 'any', names: [] };
  }
}

function memberCallee(callee: AnyNode & { type: 'MemberExpression' }): Pick<CallSite, 'callee' | 'names'> {
  const name = lastName(callee);
  if (name === undefined) return { callee: 'any', names: [] };
  if (name === 'call' || name === 'apply') {
    const called = lastName(callee.object);
    return { callee: 'names', names: called === undefined ? [] : [called] };
  }
  const isLanguage = callee.object.type === 'Identifier' && isBuiltinNamespace(callee.object.name);
  return { callee: isLanguage ? 'language' : 'names', names: [name] };
}

/** `f`, or `m` of `o.m`; undefined where it is not in the text. */
function lastName(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return undefined;
  const { property } = node;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!node.computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

function givenTo(node: CallNode): string[] {
  const given = node.type === 'TaggedTemplateExpression' ? node.quasi.expressions : node.arguments;
  return given.flatMap((each) => (each.type === 'Identifier' ? each.name : []));
}

/** Whether only the language has a function of this name, as far as a file tells that has functions of these names. */
export function isOnlyBuiltin(name: string, declared: ReadonlySet<string>): boolean {
  return isBuiltinMethod(name) && !declared.has(name);
}
