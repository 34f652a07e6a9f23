import type { AnyNode } from 'acorn';

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

/** Where the hook of a site is put in, and what the site is about. */
export interface SitePlace {
  readonly offset: number;
  readonly view: AnyNode | undefined;
  readonly key: AnyNode | undefined;
}

/** The sites of a file, in the order in which they are numbered. */
export class SiteList {
  readonly sites: RaceSite[] = [];
  readonly #code: string;
  readonly #next: () => number;

  /** @param next - gives the id of the next site */
  constructor(code: string, next: () => number) {
    this.#code = code;
    this.#next = next;
  }

  /** Notes a site; gives its id, which is the next where none is given. */
  add(node: AnyNode, { offset, view, key }: SitePlace, id: number = this.#next()): number {
    const isAssignment = node.type === 'AssignmentExpression';
    this.sites.push({
      id,
      offset,
      start: node.start,
      end: node.end,
      view: this.#text(view),
      key: this.#text(key),
      operator: isAssignment || node.type === 'UpdateExpression' ? node.operator : '',
      value: isAssignment ? this.#text(node.right) : '',
      isCall: node.type === 'CallExpression',
    });
    return id;
  }

  #text(node: AnyNode | undefined): string {
    return node === undefined ? '' : this.#code.slice(node.start, node.end);
  }
}
