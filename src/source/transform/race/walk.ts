import type { AnyNode, Function as FunctionNode } from 'acorn';
import type { Insertion } from '../insertions.js';
import type { CallContext } from './call-context.js';
import { Scope } from './scope.js';
import { childrenOf } from './shapes.js';
import { SiteList } from './sites.js';

/** What is done with a node of some type, the nodes below it included. */
export type Visitor<T extends AnyNode['type']> = (walk: Walk, node: AnyNode & { readonly type: T }) => void;

/** What is done with nodes by their type; of others the nodes below are visited. */
export type Visitors = { readonly [T in AnyNode['type']]?: Visitor<T> };

/** An optional chain (`a?.b.c`); what is put in its way must end with it. */
interface OpenChain {
  closers: string;
}

/** What a walk is to know of a file. */
export interface WalkInput {
  readonly code: string;
  /** How functions keep who is running. */
  readonly contextOf: (node: FunctionNode) => CallContext | undefined;
  /** Gives the id of the next site. */
  readonly nextSite: () => number;
}

/** The way through the syntax tree of a file, in the order of its text: what its visitors share. */
export class Walk {
  readonly code: string;
  readonly contextOf: WalkInput['contextOf'];
  readonly insertions: Insertion[] = [];
  readonly sites: SiteList;
  /** The function that is being looked at. */
  scope: Scope = new Scope('open');
  /** The optional chain that is open. */
  chain: OpenChain | undefined;
  readonly #visitors: Visitors;
  /** Offsets where an expression statement starts: an opening bracket there would continue the line before. */
  readonly #statements = new Set<number>();
  /** What is to be put in behind a node when it has been visited. */
  readonly #behind = new Map<AnyNode, string>();

  constructor({ code, contextOf, nextSite }: WalkInput, visitors: Visitors) {
    this.code = code;
    this.contextOf = contextOf;
    this.sites = new SiteList(code, nextSite);
    this.#visitors = visitors;
  }

  visit(node: AnyNode): void {
    if (node.type === 'ExpressionStatement') this.#statements.add(node.start);
    const visitor = this.#visitors[node.type] as ((walk: Walk, node: AnyNode) => void) | undefined; // of this type
    if (visitor !== undefined) visitor(this, node);
    else this.visitAll(childrenOf(node));
    const behind = this.#behind.get(node);
    if (behind === undefined) return;
    this.#behind.delete(node);
    this.insert(node.end, behind);
  }

  visitAll(nodes: Iterable<AnyNode | null | undefined>): void {
    for (const node of nodes) if (node != null) this.visit(node);
  }

  /** Visits as code of another scope. */
  inScope(scope: Scope, visit: () => void): void {
    const outer = this.scope;
    this.scope = scope;
    visit();
    this.scope = outer;
  }

  /** Visits as a chain of its own; brackets end a chain too. */
  inChain(node: AnyNode, end: number): void {
    const outer = this.chain;
    const chain: OpenChain = { closers: '' };
    this.chain = chain;
    this.visit(node);
    if (chain.closers !== '') this.insert(end, chain.closers);
    this.chain = outer;
  }

  insert(offset: number, text: string): void {
    const opens = text.startsWith('(') && this.#statements.delete(offset);
    this.insertions.push({ offset, text: opens ? `void 0,${text}` : text });
  }

  /** Puts a text in behind a node that is still to be visited. */
  insertBehind(node: AnyNode, text: string): void {
    this.#behind.set(node, text);
  }

  /** Puts in `open` and `close` around a node, which is visited. */
  wrap(node: AnyNode, open: string, close: string): void {
    this.insert(node.start, open);
    this.visit(node);
    this.insert(node.end, close);
  }

  text(node: AnyNode): string {
    return this.code.slice(node.start, node.end);
  }
}
