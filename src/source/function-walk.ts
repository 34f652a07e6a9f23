import type {
  AnonymousClassDeclaration,
  AnonymousFunctionDeclaration,
  ArrowFunctionExpression,
  ClassDeclaration,
  ClassExpression,
  FunctionDeclaration,
  FunctionExpression,
  MethodDefinition,
  Program,
  PropertyDefinition,
  StaticBlock,
} from 'acorn';
import { type Hint, type HintedNode, hintedChildren, joinWords, keyText, noHint } from './function-hint.js';
import type { SourceFunction } from './functions.js';
import { LineIndex, type Position } from './line-index.js';

type FunctionNode =
  | FunctionDeclaration
  | AnonymousFunctionDeclaration
  | FunctionExpression
  | ArrowFunctionExpression;
type ClassNode = ClassDeclaration | AnonymousClassDeclaration | ClassExpression;

/** What stands around a function. */
interface Scope {
  /** Qualified name of the nearest function that has one; empty at top level. */
  readonly owner: string;
  /** Name of the enclosing function where it looks like a constructor's: V8 puts it before names it makes up. */
  readonly constructorName: string;
}

interface Task extends HintedNode {
  readonly scope: Scope;
}

/** A name as the profiler gives it, and as we show it where that differs. */
interface Naming {
  readonly rawName: string;
  readonly name?: string;
  readonly alsoNamed?: readonly string[];
  readonly alsoAt?: readonly Position[];
}

const topLevel: Scope = { owner: '', constructorName: '' };

/** All functions of a program in the order of the source, an enclosing function before those in it. */
export function walkFunctions(program: Program, code: string): SourceFunction[] {
  return new FunctionWalk(code).walk(program);
}

class FunctionWalk {
  readonly #code: string;
  readonly #lines: LineIndex;
  readonly #found: SourceFunction[] = [];
  readonly #places = new Set<string>();
  // Note: a stack of our own; generated code nests deeper than calls may.
  readonly #tasks: Task[] = [];

  constructor(code: string) {
    this.#code = code;
    this.#lines = new LineIndex(code);
  }

  walk(program: Program): SourceFunction[] {
    this.#add(0, program.end, { rawName: '', name: '(module)' });
    this.#push(hintedChildren(program, noHint), topLevel);
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) this.#visit(task);
    return this.#found;
  }

  #visit({ node, hint, scope }: Task): void {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#visitFunction(node, hint, scope);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#visitClass(node, hint, scope);
        break;
      case 'MethodDefinition':
        this.#visitMethod(node, hint, scope);
        break;
      case 'PropertyDefinition':
        this.#visitField(node, hint.ofClass ?? '', scope);
        break;
      case 'StaticBlock':
        this.#push(hintedChildren(node, noHint), { ...topLevel, owner: hint.ofClass ?? '' });
        break;
      default:
        this.#push(hintedChildren(node, hint), scope);
    }
  }

  #visitFunction(node: FunctionNode, hint: Hint, scope: Scope): void {
    const id = 'id' in node ? node.id?.name : undefined;
    this.#addFunction(node, id === undefined ? nameByPlace(hint, scope) : { rawName: id }, scope);
  }

  #visitClass(node: ClassNode, hint: Hint, scope: Scope): void {
    const naming = node.id ? { rawName: node.id.name } : nameByPlace(hint, scope);
    const name = naming.rawName || this.#placeName(node.start, scope);
    const members = node.body.body;
    const hasConstructor = members.some((member) => 'kind' in member && member.kind === 'constructor');
    if (!hasConstructor) this.#add(node.start, node.end, { ...naming, name });
    this.#addInitializer(
      node,
      { ...naming, name: `${name}.<instance_members_initializer>` },
      isInstanceField,
    );
    this.#addInitializer(node, { ...naming, name: `${name}.<static_initializer>` }, isStaticPart);
    const inClass = { given: naming.rawName, words: [], ofClass: name };
    const above = node.superClass ? [{ node: node.superClass, hint: noHint }] : [];
    this.#push([...above, ...members.map((member) => ({ node: member, hint: inClass }))], scope);
  }

  #visitMethod(node: MethodDefinition, className: Hint, scope: Scope): void {
    if (node.computed) this.#push([{ node: node.key, hint: noHint }], scope);
    this.#addFunction(node.value, this.#methodNaming(node, className), scope);
  }

  #methodNaming(node: MethodDefinition, { given = '', ofClass = '' }: Hint): Naming {
    if (node.kind === 'constructor') return { rawName: given, name: ofClass };
    const prefix = node.kind === 'method' ? '' : `${node.kind} `;
    const key = keyText(node.key, node.computed);
    if (key !== undefined) return { rawName: prefix + key, name: `${prefix}${ofClass}.${key}` };
    const text = this.#code.slice(node.key.start, node.key.end);
    if (/^[\w$.]+$/.test(text)) return { rawName: '', name: `${prefix}${ofClass}.[${text}]` };
    return { rawName: '', name: this.#placeName(node.value.start, { ...topLevel, owner: ofClass }) };
  }

  #visitField(node: PropertyDefinition, ofClass: string, scope: Scope): void {
    if (node.computed) this.#push([{ node: node.key, hint: noHint }], scope);
    if (!node.value) return;
    const given = keyText(node.key, node.computed);
    const hint = given === undefined ? noHint : { given, words: [], ofClass };
    this.#push([{ node: node.value, hint }], { ...topLevel, owner: ofClass });
  }

  /** The function that V8 makes of a class's fields; its versions put it in different places. */
  #addInitializer(
    node: ClassNode,
    naming: Naming & { name: string },
    isPart: (part: ClassPart) => boolean,
  ): void {
    const parts = node.body.body.filter(isPart);
    const [first, last] = [parts[0], parts.at(-1)];
    if (first === undefined || last === undefined) return;
    const places = [...parts.map((part) => part.start), node.body.start, node.start];
    this.#add(first.start, last.end, {
      ...naming,
      alsoNamed: [...(naming.alsoNamed ?? []), naming.name.slice(naming.name.lastIndexOf('<'))],
      alsoAt: places.map((offset) => this.#lines.position(offset)),
    });
  }

  #addFunction(node: FunctionNode, naming: Naming, scope: Scope): void {
    const start = this.#startOf(node);
    const ownName = naming.name ?? naming.rawName;
    const name = ownName || this.#placeName(start, scope);
    this.#add(start, node.end, { ...naming, name });
    const isConstructor = node.type !== 'ArrowFunctionExpression' && /^\p{Lu}/u.test(naming.rawName);
    const inner = { owner: ownName || scope.owner, constructorName: isConstructor ? naming.rawName : '' };
    this.#push(
      [...node.params, node.body].map((child) => ({ node: child, hint: noHint })),
      inner,
    );
  }

  #add(start: number, end: number, naming: Naming & { name: string }): void {
    const [from, to] = [this.#lines.position(start), this.#lines.position(end)];
    const { name, rawName, alsoNamed = [], alsoAt = [] } = naming;
    const range = { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
    this.#found.push({ name, rawName, ...range, alsoNamed, alsoAt });
  }

  /** `outer.<anonymous:12>`; the column is added for the second of its name. */
  #placeName(start: number, { owner }: Scope): string {
    const { line, column } = this.#lines.position(start);
    const prefix = owner === '' ? '' : `${owner}.`;
    const name = placeName(prefix, `anonymous:${line}`);
    if (this.#places.has(name)) return placeName(prefix, `anonymous:${line}:${column}`);
    this.#places.add(name);
    return name;
  }

  /** Where V8 says that a function starts: an arrow function as a whole, others at their parameters. */
  #startOf(node: FunctionNode): number {
    if (node.type === 'ArrowFunctionExpression') return node.start;
    beforeParams.lastIndex = node.id?.end ?? node.start;
    beforeParams.test(this.#code);
    return beforeParams.lastIndex - 1;
  }

  #push(children: readonly HintedNode[], scope: Scope): void {
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) this.#tasks.push({ ...child, scope });
    }
  }
}

/** Blanks, comments and keywords up to the parenthesis that opens the parameters. */
const beforeParams = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*|async\b|function\b|\*)*\(/y;

type ClassPart = MethodDefinition | PropertyDefinition | StaticBlock;

function isInstanceField(part: ClassPart): boolean {
  return part.type === 'PropertyDefinition' && !part.static;
}

function isStaticPart(part: ClassPart): boolean {
  return part.type === 'StaticBlock' || (part.type === 'PropertyDefinition' && part.static);
}

/** The name of a function or class that has none of its own. */
function nameByPlace({ given, words, ofClass }: Hint, scope: Scope): Naming {
  if (given !== undefined) {
    return ofClass === undefined ? { rawName: given } : { rawName: given, name: `${ofClass}.${given}` };
  }
  const guessed = joinWords(words);
  if (guessed === '') return { rawName: '' };
  const prefix = scope.constructorName === '' ? '' : `${scope.constructorName}.`;
  return { rawName: prefix + guessed, alsoNamed: [''] };
}

/** A name made up of a place: pprof takes one that begins with `<` for C++'s and leaves it out. */
function placeName(prefix: string, place: string): string {
  return prefix === '' ? `(${place})` : `${prefix}<${place}>`;
}
