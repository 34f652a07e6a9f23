import type { AnyNode, CallExpression, MemberExpression, NewExpression, Program } from 'acorn';
import { argumentsStart, type CallSite, calleeNode } from '../call-sites.js';
import type { Insertion } from './insertions.js';

// A call is made by a function of its own, which a profiler shows as a frame of its own. It is handed what the
// call consists of, so that no variable is captured: a captured one moves to the heap, and a number in it with it.
//
//   f(x, 1)           $prof_call_3_5(f,/*(*/x, 1)             function $prof_call_3_5(f,$1,$2){return f($1,$2)}
//   o.m(x)            $prof_call_3_7(o/*.m(*/,x)              function $prof_call_3_7(o,$1){return o.m($1)}
//   o.m(g())          $prof_call_3_7(o.m,o,/*(*/g())          … the method is read before its arguments
//   a.b.m(g())        $prof_call_3_9(($prof_o=a.b).m,$prof_o,/*(*/g())
//   new C(x)          $prof_call_3_5(/*new*/ C,/*(*/x)        function $prof_call_3_5(C,$1){return new C($1)}
//
// Nothing is moved or left out, so that text is put in only; parentheses and the like are made comments.
//
// Note: an arrow function around each call, `(() => f(x))()`, captures variables: a loop over doubles with two calls of
// 50 ns took 11 to 43 % longer by it (Node 20 to 26), with helpers at most 7 %.

const prefix = '$prof_call_';

/** Calls a function with its receiver, as `Reflect.apply` does, whatever a file calls `Reflect`. */
export const applyName = '$prof_apply';

/** The place of a call that a helper's name tells: 1-based line and column; undefined for other functions. */
export function placeOfHelper(name: string): { readonly line: number; readonly column: number } | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const [line, column] = name.slice(prefix.length).split('_').map(Number);
  return line === undefined || column === undefined ? undefined : { line, column };
}

/** What puts a call into its helper. */
interface HelpedCall {
  readonly site: CallSite;
  readonly insertions: readonly Insertion[];
  /** The helper's declaration. */
  readonly helper: string;
  /** Whether it needs the variable that `temporary` declares. */
  readonly usesTemporary: boolean;
}

/** Declares what calls keep an object in. */
const temporary = ';var $prof_o';

/** Callees that ask who has called them, or that other tools look for in the text. */
const leftAlone = /^(eval|require|assert|ok|__.*)$/;

/** Calls that have a frame of their own. */
export interface HelpedCalls {
  readonly insertions: readonly Insertion[];
  /** Those of the calls that could be given one. */
  readonly helped: ReadonlySet<CallSite>;
}

/**
 * Gives calls a frame of their own.
 *
 * @param program - parsed with `preserveParens`; no script, whose functions would be properties of the global object
 */
export function helpCalls(program: Program, code: string, sites: readonly CallSite[]): HelpedCalls {
  const calls = inOrder(sites).flatMap((site) => helpCall(site, code) ?? []);
  const helped = new Set(calls.map(({ site }) => site));
  if (calls.length === 0) return { insertions: [], helped };
  const end = program.body.at(-1)?.end ?? program.end;
  const bodies = new Set(
    calls.flatMap(({ usesTemporary, site }) => (usesTemporary ? (site.body ?? []) : [])),
  );
  const declared = [...bodies].map((body) => ({
    offset: body.type === 'Program' ? end : body.end - 1,
    text: temporary,
  }));
  const helpers = calls.map(({ helper }) => helper).join('');
  const insertions = calls.flatMap((call) => call.insertions);
  return { insertions: [...insertions, ...declared, { offset: end, text: `;${helpers}` }], helped };
}

/** Outer calls before those in them: where both begin, the outer one's text comes first. */
function inOrder(sites: readonly CallSite[]): readonly CallSite[] {
  return [...sites].sort(({ node: a }, { node: b }) => a.start - b.start || b.end - a.end);
}

/** The insertions for a call; undefined where it has to stay as it is. */
function helpCall(site: CallSite, code: string): HelpedCall | undefined {
  const { node } = site;
  if (node.type === 'TaggedTemplateExpression') return undefined;
  const callee = calleeNode(node);
  if (
    site.isFixed ||
    callee.type === 'Super' ||
    callee.type === 'ChainExpression' ||
    site.names.some((name) => leftAlone.test(name))
  )
    return undefined;
  const call = new HelperText(site, { node, code });
  if (node.type === 'NewExpression') return call.construct(callee);
  return callee.type === 'MemberExpression' ? call.method(callee) : call.plain(callee);
}

class HelperText {
  readonly #site: CallSite;
  readonly #node: CallExpression | NewExpression;
  readonly #code: string;
  readonly #name: string;
  /** Parameters of the helper behind the callee, which are also the arguments that it hands on. */
  readonly #parameters: string;

  constructor(site: CallSite, { node, code }: { node: CallExpression | NewExpression; code: string }) {
    this.#site = site;
    this.#node = node;
    this.#code = code;
    this.#name = `${prefix}${site.line}_${site.column}`;
    const isSpread = node.arguments.some(({ type }) => type === 'SpreadElement');
    this.#parameters = isSpread ? '...$1' : node.arguments.map((_, i) => `$${i + 1}`).join(',');
  }

  plain(callee: AnyNode): HelpedCall | undefined {
    const name = callee.type === 'Identifier' ? parameterName(callee.name) : 'f';
    return this.#made(
      [{ offset: this.#node.start, text: `${this.#name}(` }, ...this.#opening('')],
      `(${this.#list(name)}){return ${name}(${this.#parameters})}`,
    );
  }

  construct(callee: AnyNode): HelpedCall | undefined {
    const node = this.#node;
    const name = callee.type === 'Identifier' ? parameterName(callee.name) : 'C';
    const around = [
      { offset: node.start, text: `${this.#name}(/*` },
      { offset: node.start + 'new'.length, text: '*/' },
    ];
    const hasArguments = this.#code[this.#parenthesis()] === '(';
    const rest = hasArguments ? this.#opening('') : [{ offset: node.end, text: ')' }];
    return this.#made([...around, ...rest], `(${this.#list(name)}){return new ${name}(${this.#parameters})}`);
  }

  method(callee: MemberExpression): HelpedCall | undefined {
    // `(o.m)(x)`, with a parenthesis in the way.
    if (this.#node.callee !== callee || callee.optional) return undefined;
    const isNamed = !callee.computed && callee.property.type === 'Identifier';
    if (isNamed && callee.object.type !== 'Super' && this.#node.arguments.every(isQuiet))
      return this.#direct(callee);
    return this.#detached(callee);
  }

  /** Reads the method in the helper: nothing that happens meanwhile can tell. */
  #direct({ object, property }: MemberExpression): HelpedCall | undefined {
    const end = this.#parenthesis();
    const method = 'name' in property ? property.name : '';
    const skipped = this.#code.slice(object.end, end + 1);
    if (skipped.includes('*/')) return undefined;
    const name = object.type === 'Identifier' ? parameterName(object.name) : '$o';
    const comma = this.#node.arguments.length > 0 ? ',' : '';
    return this.#made(
      [
        { offset: this.#node.start, text: `${this.#name}(` },
        { offset: object.end, text: '/*' },
        { offset: end + 1, text: `*/${comma}` },
      ],
      `(${this.#list(name)}){return ${name}.${method}(${this.#parameters})}`,
    );
  }

  /** Hands over the method and its object. */
  #detached({ object, property, computed }: MemberExpression): HelpedCall | undefined {
    const name = !computed && property.type === 'Identifier' ? parameterName(property.name) : 'f';
    const helper = `(${this.#list(`${name},$o`)}){return typeof ${name}==="function"?${applyName}(${name},$o,[${this.#parameters}]):${name}()}`;
    const before = { offset: this.#node.start, text: `${this.#name}(` };
    const again = object.type === 'Super' ? 'this' : stableText(object);
    if (again !== undefined) return this.#made([before, ...this.#opening(`,${again}`)], helper);
    if (this.#site.body === undefined) return undefined;
    const kept = [
      { offset: object.start, text: '($prof_o=' },
      { offset: object.end, text: ')' },
    ];
    return this.#made([before, ...kept, ...this.#opening(',$prof_o')], helper, 'temporary');
  }

  /** The parenthesis that opens the arguments, made a comma. */
  #opening(more: string): readonly Insertion[] {
    const offset = this.#parenthesis();
    const comma = this.#node.arguments.length > 0 ? ',' : '';
    return [
      { offset, text: `${more}${comma}/*` },
      { offset: offset + 1, text: '*/' },
    ];
  }

  #made(insertions: readonly Insertion[], helper: string, uses?: 'temporary'): HelpedCall {
    return {
      site: this.#site,
      insertions,
      helper: `function ${this.#name}${helper}`,
      usesTemporary: uses === 'temporary',
    };
  }

  #list(first: string): string {
    return this.#parameters === '' ? first : `${first},${this.#parameters}`;
  }

  #parenthesis(): number {
    return argumentsStart(this.#node, this.#code);
  }
}

/** Names that are no parameters everywhere. */
const reserved =
  /^(arguments|eval|yield|await|let|static|implements|interface|package|private|protected|public|async|of|\$.*)$/;

/** The callee's own name, so that an error says what it would say. */
function parameterName(name: string): string {
  return reserved.test(name) ? 'f' : name;
}

/** What is the same when it is evaluated twice. */
function stableText(node: AnyNode): string | undefined {
  if (node.type === 'ThisExpression') return 'this';
  return node.type === 'Identifier' ? node.name : undefined;
}

/** Whether evaluating an argument runs no other code, accessors and conversions of objects left out. */
function isQuiet(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
    case 'Identifier':
    case 'ThisExpression':
    case 'MetaProperty':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'ParenthesizedExpression':
      return isQuiet(node.expression);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isQuiet(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return (
        node.operator !== 'in' && node.operator !== 'instanceof' && isQuiet(node.left) && isQuiet(node.right)
      );
    case 'ConditionalExpression':
      return isQuiet(node.test) && isQuiet(node.consequent) && isQuiet(node.alternate);
    case 'MemberExpression':
      return (
        node.object.type !== 'Super' && isQuiet(node.object) && (!node.computed || isQuiet(node.property))
      );
    case 'TemplateLiteral':
      return node.expressions.every(isQuiet);
    case 'ArrayExpression':
      return node.elements.every((each) => each !== null && isQuiet(each));
    default:
      return false;
  }
}
