import type {
  AnyNode,
  Expression,
  Function as FunctionNode,
  MemberExpression,
  Pattern,
  Program,
  Super,
} from 'acorn';
import { type CallContext, contextOf, enterText, idOf, leave, resume, seedOf } from './call-context.js';
import type { Insertion } from './insertions.js';
import { calleeName, canSynchronise, childrenOf, isPlainKey, isSkippedKey, isStable } from './race-shapes.js';

/** What a hooked place in the code does to an element. */
export type AccessKind = 'read' | 'write' | 'update';

/** A place in the code that may touch shared memory. */
export interface RaceSite {
  /** The number by which the hooks are told. */
  readonly id: number;
  /** Where the call of the hook was put in: what a stack shows maps to here. */
  readonly offset: number;
  /** Where the access starts, for people. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The view as it is written, such as `visitors` or `this.data`. */
  readonly view: string;
  /** The index or first argument as it is written. */
  readonly key: string;
  /** What stands on the right of an assignment, or the operator of an update, else empty. */
  readonly value: string;
  readonly operator: string;
  /** Whether it is a call, which a stack shows at its name. */
  readonly isCall: boolean;
}

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

const hooks: Readonly<Record<AccessKind, string>> = {
  read: '$prof_read',
  write: '$prof_write',
  update: '$prof_update',
};

/** Methods whose calls carry the number of their site. */
const sitedMethods =
  /^(get|set)(Int8|Uint8|Int16|Uint16|Int32|Uint32|Float16|Float32|Float64|BigInt64|BigUint64)$/;
const bufferMethods = /^(read|write)(U?Int(8|16|32)?(LE|BE)?|Big(U|Ui|I)nt64(LE|BE)|(Float|Double)(LE|BE))$/;

/** A function, or the file itself, whose code is looked at. */
interface Scope {
  /** Its temporaries; undefined where none can be declared (parameters, fields of classes). */
  readonly temporaries: string[] | undefined;
  /** How many of them are in use at this point. */
  used: number;
  readonly context: CallContext | undefined;
}

/**
 * Puts hooks in at every access that may touch shared memory: `a[i]` becomes `a[$prof_view(a)&&…,i]`.
 *
 * Nothing of the code is left out or moved: `$prof_…` are functions of the global object, see `installHooks`.
 *
 * @param program - acorn's tree, with ParenthesizedExpression nodes
 */
export function instrumentRace(program: Program, input: RaceInput): RaceEdits {
  return new RacePass(input).run(program);
}

class RacePass {
  readonly #code: string;
  readonly #input: RaceInput;
  readonly #seed: number;
  readonly #insertions: Insertion[] = [];
  readonly #sites: RaceSite[] = [];
  /** Offsets where an expression statement starts: an opening bracket there would continue the line before. */
  readonly #statements = new Set<number>();
  #scope: Scope = { temporaries: [], used: 0, context: undefined };

  constructor(input: RaceInput) {
    this.#code = input.code;
    this.#input = input;
    this.#seed = seedOf(input.name);
  }

  run(program: Program): RaceEdits {
    const at = afterDirectives(program.body, this.#code, 0);
    const mark = this.#insertions.length;
    this.#scope = {
      temporaries: [],
      used: 0,
      context: { id: idOf({ start: -1 }, this.#seed), isAsync: true },
    };
    for (const node of program.body) this.#visit(node);
    this.#insertions.push({ offset: program.body.at(-1)?.end ?? at, text: `;${leave};` });
    this.#declare(at, mark, this.#input.declareBy);
    return { insertions: this.#insertions, sites: this.#sites };
  }

  #insert(offset: number, text: string): void {
    const opens = text.startsWith('(') && this.#statements.delete(offset);
    this.#insertions.push({ offset, text: opens ? `void 0,${text}` : text });
  }

  #visit(node: AnyNode): void {
    this.#visitInside(node);
    const behind = this.#linked.get(node);
    if (behind === undefined) return;
    this.#linked.delete(node);
    this.#insert(node.end, behind);
  }

  #visitInside(node: AnyNode): void {
    switch (node.type) {
      case 'ExpressionStatement':
        this.#statements.add(node.start);
        break;
      case 'MemberExpression':
        this.#member(node, 'read');
        return;
      case 'ChainExpression':
        this.#chain(node.expression, node.end);
        return;
      case 'AssignmentExpression':
        this.#assignment(node);
        return;
      case 'UpdateExpression':
        this.#update(node);
        return;
      case 'UnaryExpression':
        if (node.operator === 'delete') {
          this.#withoutHook(node.argument);
          return;
        }
        break;
      case 'CallExpression':
        this.#call(node);
        return;
      case 'TaggedTemplateExpression':
        this.#withoutHook(node.tag);
        this.#visit(node.quasi);
        return;
      case 'NewExpression':
        this.#creation(node);
        return;
      case 'VariableDeclarator':
        this.#declarator(node);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        if (node.left.type === 'VariableDeclaration') this.#visit(node.left);
        else this.#pattern(node.left, 'hook');
        this.#visit(node.right);
        this.#visit(node.body);
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node);
        return;
      case 'PropertyDefinition':
        if (node.computed) this.#visit(node.key);
        if (node.value) this.#inScope({ temporaries: undefined, used: 0, context: undefined }, node.value);
        return;
      case 'StaticBlock':
        this.#block(node);
        return;
      case 'WithStatement':
        return;
      case 'CatchClause':
        if (node.param) this.#pattern(node.param, 'skip');
        if (this.#scope.context !== undefined) this.#insert(node.body.start + 1, `${resume};`);
        this.#visit(node.body);
        return;
      case 'TryStatement':
        this.#try(node);
        return;
      case 'ReturnStatement':
        this.#return(node);
        return;
      case 'AwaitExpression':
        this.#await(node);
        return;
      default:
        break;
    }
    for (const child of childrenOf(node)) this.#visit(child);
  }

  #visitAll(nodes: Iterable<AnyNode | null | undefined>): void {
    for (const node of nodes) if (node != null) this.#visit(node);
  }

  /** `const {1: x} = v` reads v[1]. */
  #declarator({ id: pattern, init }: AnyNode & { type: 'VariableDeclarator' }): void {
    this.#pattern(pattern, 'skip');
    if (init == null) return;
    const wanted = pattern.type === 'ObjectPattern' ? indexKeys(pattern) : undefined;
    if (wanted === undefined) this.#visit(init);
    else this.#wholeRead(init, wanted);
  }

  #update(node: AnyNode & { type: 'UpdateExpression' }): void {
    const { argument } = node;
    const target: AnyNode = argument.type === 'ParenthesizedExpression' ? argument.expression : argument;
    if (isElement(target)) this.#element(target, 'update', node);
    else this.#withoutHook(target);
  }

  #pattern(pattern: AnyNode, targets: 'hook' | 'skip'): void {
    switch (pattern.type) {
      case 'MemberExpression':
        if (targets === 'hook' && isElement(pattern)) this.#element(pattern, 'write', pattern);
        else this.#withoutHook(pattern);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.#pattern(property.argument, targets);
          else {
            if (property.computed) this.#visit(property.key);
            this.#pattern(property.value, targets);
          }
        }
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element !== null) this.#pattern(element, targets);
        return;
      case 'RestElement':
        this.#pattern(pattern.argument, targets);
        return;
      case 'AssignmentPattern':
        this.#pattern(pattern.left, targets);
        this.#visit(pattern.right);
        return;
      case 'ParenthesizedExpression':
        this.#pattern(pattern.expression, targets);
        return;
      default:
        return;
    }
  }

  /** The parts of an expression whose own access is not hooked. */
  #withoutHook(node: AnyNode): void {
    if (node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression') {
      this.#withoutHook(node.expression);
      return;
    }
    if (node.type !== 'MemberExpression') {
      this.#visit(node);
      return;
    }
    this.#visit(node.object);
    if (node.computed) this.#visit(node.property);
  }

  #member(node: MemberExpression, kind: AccessKind): void {
    if (isElement(node)) this.#element(node, kind, node);
    else this.#withoutHook(node);
  }

  /** The optional chain that is open: what is put in its way must end with it. */
  #openChain: { readonly end: number; closers: string } | undefined;

  #chain(node: AnyNode, end: number): void {
    const outer = this.#openChain;
    const chain = { end, closers: '' };
    this.#openChain = chain;
    this.#visit(node);
    if (chain.closers !== '') this.#insert(end, chain.closers);
    this.#openChain = outer;
  }

  /**
   * An element that is read or written at once, or whose right side cannot synchronise.
   *
   *   a[i]      a[$prof_view(a)&&a.$prof!==void 0&&$prof_read(a,i,7),i]
   *   o.p[f()]  ($0=o.p)[$1=f(),$prof_view($0)&&$0.$prof!==void 0&&$prof_read($0,$1,7),$1]
   */
  #element(node: MemberExpression, kind: AccessKind, whole: AnyNode): void {
    const parts = this.#openElement(node, 'plain');
    if (parts === undefined) {
      this.#withoutHook(node);
      return;
    }
    const id = this.#site(whole, { offset: parts.offset, view: node.object, key: node.property });
    this.#insert(parts.offset, parts.check(hooks[kind], id));
    this.#scope.used = parts.used;
  }

  /** Puts view and key where a hook can have them again; undefined where it cannot. */
  #openElement(node: MemberExpression, mode: 'plain' | 'kept'): ElementParts | undefined {
    const { object, property } = node;
    const used = this.#scope.used;
    const keepsView = mode === 'kept' || !isStable(object);
    const keepsKey = mode === 'kept' ? property.type !== 'Literal' : !isPlainKey(property);
    const names = this.#names(node, keepsView, keepsKey);
    if (names === undefined) {
      this.#scope.used = used;
      return undefined;
    }
    const { view, key } = names;
    if (keepsView) this.#openView(node, view, names.link);
    else this.#visit(object);
    if (keepsKey) this.#insert(property.start, `${key}=(`);
    this.#visit(property);
    if (keepsKey) this.#insert(property.end, '),');
    const test = `$prof_view(${view})&&${view}.$prof!==void 0&&`;
    return {
      offset: keepsKey ? property.end : property.start,
      used,
      check: (hook, id) => `${test}${hook}(${view},${key},${id}),${keepsKey ? key : ''}`,
      later: (hook, id) => `${test}${hook}(${view},${key},${id})`,
      bare: keepsKey ? key : '',
    };
  }

  #names(node: MemberExpression, keepsView: boolean, keepsKey: boolean): ElementNames | undefined {
    const view = keepsView ? this.#temporary() : this.#text(node.object);
    const key = keepsKey ? this.#temporary() : this.#text(node.property);
    const base = keepsView && !node.optional ? optionalBase(node.object) : undefined;
    if (view === undefined || key === undefined) return undefined;
    if (base === undefined) return { view, key, link: undefined };
    // One element of a chain is hooked: the last, which is the one that may be a number.
    if (base === 'none' || this.#openChain === undefined || this.#openChain.closers !== '') return undefined;
    const temporary = this.#temporary();
    return temporary === undefined ? undefined : { view, key, link: { base, temporary } };
  }

  /**
   * Keeps the view in a temporary; an optional chain in front of it still ends where it would.
   *
   *   o?.p[i]   (($2=o)==null?void 0:($0=$2?.p)[i])
   */
  #openView(node: MemberExpression, view: string, link: ElementNames['link']): void {
    const { object } = node;
    if (link === undefined) {
      this.#insert(object.start, `(${view}=`);
      this.#chain(object, object.end); // brackets end a chain
      this.#insert(object.end, ')');
      return;
    }
    if (this.#openChain !== undefined) this.#openChain.closers = ')';
    this.#insert(object.start, `((${link.temporary}=`);
    this.#linked.set(link.base, `)==null?void 0:(${view}=${link.temporary}`);
    this.#visit(object);
    this.#insert(object.end, ')');
  }

  /** What is to be put in behind a node when it has been visited. */
  readonly #linked = new Map<AnyNode, string>();

  /** `a[i] = value`, `a[i] += value` and the like. */
  #assignment(node: AnyNode & { type: 'AssignmentExpression' }): void {
    const { left, right, operator } = node;
    const whole = left as AnyNode; // with brackets kept, acorn gives them here too, which its types do not say
    const target: AnyNode = whole.type === 'ParenthesizedExpression' ? whole.expression : whole;
    if (!isElement(target) || isAnonymousDefinition(right)) {
      if (target.type === 'MemberExpression') this.#withoutHook(target);
      else
        this.#pattern(
          left,
          right.type === 'ArrayExpression' || left.type === 'ObjectPattern' ? 'hook' : 'skip',
        );
      this.#visit(right);
      return;
    }
    const isLogical = /^(&&|\|\||\?\?)=$/.test(operator);
    if (!isLogical && !canSynchronise(right)) {
      this.#element(target, operator === '=' ? 'write' : 'update', node);
      this.#visit(right);
      return;
    }
    this.#lateWrite(node, target);
  }

  /** The right side may synchronise, or may not be evaluated at all: the write is noted behind it. */
  #lateWrite(node: AnyNode & { type: 'AssignmentExpression' }, target: MemberExpression): void {
    const { right, operator } = node;
    const value = this.#temporary();
    const parts = value === undefined ? undefined : this.#openElement(target, 'kept');
    if (parts === undefined) {
      this.#withoutHook(target);
      this.#visit(right);
      return;
    }
    const about = { offset: parts.offset, view: target.object, key: target.property };
    if (operator !== '=') this.#insert(parts.offset, parts.check(hooks.read, this.#site(target, about)));
    else if (parts.bare !== '') this.#insert(parts.offset, parts.bare);
    this.#insert(right.start, `(${value}=(`);
    this.#visit(right);
    const id = this.#site(node, { ...about, offset: right.end });
    this.#insert(right.end, `),${parts.later(hooks.write, id)},${value})`);
    this.#scope.used = parts.used - 1;
  }

  /** Calls of Atomics, DataView and Buffer methods tell their site in their last argument. */
  #call(node: AnyNode & { type: 'CallExpression' }): void {
    const { callee } = node;
    if (
      isApply(callee) &&
      node.arguments.length === (calleeName(callee) === 'apply' && isReflect(callee) ? 3 : 2)
    ) {
      this.#applied(node);
      return;
    }
    if (callee.type === 'Super') {
      this.#creation(node);
      return;
    }
    this.#withoutHook(callee);
    const last = node.arguments.at(-1);
    if (!isSited(callee) || last === undefined || last.type === 'SpreadElement') {
      this.#visitAll(node.arguments);
      return;
    }
    this.#visitAll(node.arguments.slice(0, -1));
    const [view, key] = isAtomics(callee) ? node.arguments : [objectOf(callee), node.arguments[0]];
    const value = canSynchronise(last) ? this.#temporary() : undefined;
    const id = this.#site(node, { offset: node.start, view, key });
    if (value === undefined) this.#insert(last.start, `($prof.site=${id},`);
    else this.#insert(last.start, `(${value}=(`);
    this.#visit(last);
    this.#insert(last.end, value === undefined ? ')' : `),$prof.site=${id},${value})`);
    if (value !== undefined) this.#scope.used--;
  }

  /** `f.apply(x, v)` reads all of v. */
  #applied({ callee, arguments: given }: AnyNode & { type: 'CallExpression' }): void {
    this.#withoutHook(callee);
    const [list] = given.slice(-1);
    this.#visitAll(given.slice(0, -1));
    if (list === undefined || list.type === 'SpreadElement') this.#visitAll(given.slice(-1));
    else this.#wholeRead(list, 'void 0');
  }

  /** Notes that elements of what an expression gives are read: those of the indices `wanted`, in code. */
  #wholeRead(node: Expression, wanted: string): void {
    const temporary = isAnonymousDefinition(node) ? undefined : this.#temporary();
    if (temporary === undefined) {
      this.#visit(node);
      return;
    }
    this.#insert(node.start, `(${temporary}=(`);
    this.#visit(node);
    const id = this.#site(node, { offset: node.end, view: node, key: undefined });
    const check = `$prof_view(${temporary})&&${temporary}.$prof!==void 0&&$prof_keys(${temporary},${wanted},${id})`;
    this.#insert(node.end, `),${check},${temporary})`);
    this.#scope.used--;
  }

  /** `new C(buffer)` and `super(buffer)`: a view over shared memory is marked, a shared buffer gets its place. */
  #creation(node: AnyNode & { type: 'NewExpression' | 'CallExpression' }): void {
    const [first] = node.arguments;
    const isBuffer = calleeName(node.callee) === 'SharedArrayBuffer';
    if (first === undefined) {
      if (node.callee.type !== 'Super') this.#withoutHook(node.callee);
      return;
    }
    // A function would get its name from a temporary.
    const isOther = isAnonymousDefinition(first);
    const temporary = first.type === 'SpreadElement' || isBuffer || isOther ? undefined : this.#temporary();
    this.#insert(node.start, isBuffer ? '$prof_buffer(' : '$prof_new(');
    if (node.callee.type !== 'Super') this.#withoutHook(node.callee);
    if (temporary !== undefined) this.#insert(first.start, `${temporary}=(`);
    this.#visit(first);
    if (temporary !== undefined) this.#insert(first.end, ')');
    this.#visitAll(node.arguments.slice(1));
    const id = isBuffer ? this.#site(node, { offset: node.start, view: undefined, key: undefined }) : 0;
    this.#insert(node.end, isBuffer ? `,${id})` : `,${temporary ?? (isOther ? 'null' : 'void 0')})`);
    if (temporary !== undefined) this.#scope.used--;
  }

  #function(node: FunctionNode): void {
    const outer = this.#scope;
    this.#scope = { temporaries: undefined, used: 0, context: undefined };
    for (const parameter of node.params) this.#pattern(parameter, 'skip');
    this.#scope = { temporaries: [], used: 0, context: contextOf(node, this.#seed) };
    if (node.body.type === 'BlockStatement') {
      const at = afterDirectives(node.body.body, this.#code, node.body.start + 1);
      const mark = this.#insertions.length;
      for (const statement of node.body.body) this.#visit(statement);
      if (this.#scope.context !== undefined) this.#insert(node.body.end - 1, `;${leave}`);
      this.#declare(at, mark, 'var');
    } else this.#arrowBody(node.body, node.end);
    this.#scope = outer;
  }

  /** The body of `x => …` becomes a block where it needs temporaries, or a context. */
  #arrowBody(body: Expression, end: number): void {
    const mark = this.#insertions.length;
    const { context, temporaries = [] } = this.#scope;
    const value = context === undefined || isAnonymousDefinition(body) ? undefined : this.#temporary();
    this.#visit(body);
    if (temporaries.length === 0) return;
    const enter = value === undefined || context === undefined ? '' : enterText(context, 'var');
    const open = value === undefined ? '' : `${value}=(`;
    this.#insertions.splice(mark, 0, {
      offset: body.start,
      text: `{var ${temporaries}${enter === '' ? ';' : enter}return (${open}`,
    });
    this.#insertions.push({ offset: end, text: value === undefined ? ')}' : `),${leave},${value})}` });
  }

  /** What is returned is evaluated before the context is left. */
  #return({ start, argument }: AnyNode & { type: 'ReturnStatement' }): void {
    if (this.#scope.context === undefined) {
      if (argument != null) this.#visit(argument);
    } else if (argument == null) {
      this.#insert(start + 'return'.length, ` void(${leave})`);
    } else if (isAnonymousDefinition(argument)) {
      this.#insert(argument.start, `(${leave},`);
      this.#visit(argument);
      this.#insert(argument.end, ')');
    } else if (!callsLater(argument)) {
      this.#insert(argument.start, `(${leave},`);
      this.#visit(argument);
      this.#insert(argument.end, ')');
    } else {
      const value = this.#temporary();
      this.#insert(argument.start, `(${value}=(`);
      this.#visit(argument);
      this.#insert(argument.end, `),${leave},${value})`);
      this.#scope.used--;
    }
  }

  /** Whoever has called goes on while we wait; behind the wait, nobody has called. */
  #await({ start, end, argument }: AnyNode & { type: 'AwaitExpression' }): void {
    const { context } = this.#scope;
    const value = context === undefined || isAnonymousDefinition(argument) ? undefined : this.#temporary();
    if (value === undefined) {
      this.#visit(argument);
      return;
    }
    this.#insert(start, `(${value}=`);
    this.#insert(argument.start, `(${value}=(`);
    this.#visit(argument);
    this.#insert(argument.end, `),${leave},${value})`);
    this.#insert(end, `,$profc=0,${resume},${value})`);
    this.#scope.used--;
  }

  /** A `finally` block may run when an exception passes by, or behind a `return`. */
  #try(node: AnyNode & { type: 'TryStatement' }): void {
    this.#visit(node.block);
    if (node.handler) this.#visit(node.handler);
    const { finalizer } = node;
    if (!finalizer) return;
    const hasContext = this.#scope.context !== undefined;
    if (hasContext) this.#insert(finalizer.start + 1, `const $profe=$prof.context;${resume};`);
    this.#visit(finalizer);
    if (hasContext) this.#insert(finalizer.end - 1, ';$prof.context=$profe');
  }

  #block(node: AnyNode & { type: 'StaticBlock' }): void {
    const outer = this.#scope;
    this.#scope = { temporaries: [], used: 0, context: undefined };
    const mark = this.#insertions.length;
    for (const statement of node.body) this.#visit(statement);
    this.#declare(this.#code.indexOf('{', node.start) + 1, mark, 'var');
    this.#scope = outer;
  }

  #inScope(scope: Scope, node: AnyNode): void {
    const outer = this.#scope;
    this.#scope = scope;
    this.#visit(node);
    this.#scope = outer;
  }

  /** Declares the temporaries of the scope that ends, in front of what was put in since `mark`. */
  #declare(offset: number, mark: number, by: 'var' | 'let'): void {
    const { context, temporaries: names = [] } = this.#scope;
    const declared = names.length > 0 ? `;${by} ${names};` : '';
    const text = declared + (context === undefined ? '' : enterText(context, by));
    if (text !== '') this.#insertions.splice(mark, 0, { offset, text });
  }

  #temporary(): string | undefined {
    const { temporaries } = this.#scope;
    if (temporaries === undefined) return undefined;
    const name = `$prof${this.#scope.used++}`;
    if (!temporaries.includes(name)) temporaries.push(name);
    return name;
  }

  #text(node: AnyNode): string {
    return this.#code.slice(node.start, node.end);
  }

  #site(
    node: AnyNode,
    { offset, view, key }: { offset: number; view: AnyNode | undefined; key: AnyNode | undefined },
  ): number {
    const id = this.#input.nextSite();
    const text = (part: AnyNode | undefined): string => (part === undefined ? '' : this.#text(part));
    const isAssignment = node.type === 'AssignmentExpression';
    const operator = isAssignment || node.type === 'UpdateExpression' ? node.operator : '';
    const value = isAssignment ? text(node.right) : '';
    this.#sites.push({
      id,
      offset,
      start: node.start,
      end: node.end,
      view: text(view),
      key: text(key),
      operator,
      value,
      isCall: node.type === 'CallExpression',
    });
    return id;
  }
}

/** How a hook names view and key. */
interface ElementNames {
  readonly view: string;
  readonly key: string;
  /** What stands in front of the last `?.`, and the temporary that keeps it. */
  readonly link: { readonly base: AnyNode; readonly temporary: string } | undefined;
}

/** View and key of an element, opened for a hook. */
interface ElementParts {
  /** Where the check is to be put in. */
  readonly offset: number;
  /** Temporaries that were in use before. */
  readonly used: number;
  /** The check as part of the key. */
  check(hook: string, id: number): string;
  /** The check behind the right side. */
  later(hook: string, id: number): string;
  /** What ends the key where no check does. */
  readonly bare: string;
}

/** Whether evaluating it may call functions that look at the context, or touch memory. */
function callsLater(node: AnyNode): boolean {
  return node.type !== 'Identifier' && node.type !== 'Literal' && node.type !== 'ThisExpression';
}

/** Whether it is `a[i]` and may be an element of a view. */
function isElement(
  node: AnyNode,
): node is MemberExpression & { object: Exclude<MemberExpression['object'], Super> } {
  return (
    node.type === 'MemberExpression' &&
    node.computed &&
    node.object.type !== 'Super' &&
    !isAnonymousDefinition(node.object) &&
    !isAnonymousDefinition(node.property) &&
    !(node.object.type === 'Identifier' && node.object.name === 'arguments') &&
    !isSkippedKey(node.property)
  );
}

/** What stands in front of the last `?.` of an object; 'none' where that cannot be kept apart. */
function optionalBase(node: AnyNode): AnyNode | 'none' | undefined {
  for (let at: AnyNode = node; ; ) {
    if (at.type === 'MemberExpression') {
      if (at.optional) return at.object;
      at = at.object;
    } else if (at.type === 'CallExpression') {
      // A method's `this` would be lost.
      if (at.optional) return at.callee.type === 'Identifier' ? at.callee : 'none';
      at = at.callee;
    } else return undefined;
  }
}

/** The indices that a pattern reads, as code; `void 0` for all; undefined where it reads none. */
function indexKeys(pattern: Pattern & { type: 'ObjectPattern' }): string | undefined {
  if (pattern.properties.some(({ type }) => type === 'RestElement')) return 'void 0';
  const keys = pattern.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Literal' && typeof property.key.value === 'number'
      ? [property.key.value]
      : [],
  );
  return keys.length === 0 ? undefined : `[${keys}]`;
}

/** `a[i] = function () {}` would get a name from a temporary. */
function isAnonymousDefinition(node: AnyNode): boolean {
  if (node.type === 'ParenthesizedExpression') return isAnonymousDefinition(node.expression);
  return /^(Function|ArrowFunction|Class)Expression$/.test(node.type);
}

function isApply(callee: AnyNode): boolean {
  return objectOf(callee) !== undefined && calleeName(callee) === 'apply';
}

function isReflect(callee: AnyNode): boolean {
  const object = objectOf(callee);
  return object?.type === 'Identifier' && object.name === 'Reflect';
}

function isAtomics(callee: AnyNode): boolean {
  const object = objectOf(callee);
  return object?.type === 'Identifier' && object.name === 'Atomics';
}

function isSited(callee: AnyNode): boolean {
  if (isAtomics(callee)) return true;
  const name = calleeName(callee);
  return (
    name !== undefined &&
    objectOf(callee) !== undefined &&
    (sitedMethods.test(name) || bufferMethods.test(name))
  );
}

function objectOf(callee: AnyNode): AnyNode | undefined {
  return callee.type === 'MemberExpression' ? callee.object : undefined;
}

/** Behind the directives (`'use strict'`) that a body starts with, and a `#!` line. */
function afterDirectives(body: readonly AnyNode[], code: string, start: number): number {
  let at = start === 0 && code.startsWith('#!') ? (body[0]?.start ?? code.length) : start;
  for (const node of body) {
    if (node.type !== 'ExpressionStatement' || !('directive' in node) || node.directive === undefined) break;
    at = node.end;
  }
  return at;
}
