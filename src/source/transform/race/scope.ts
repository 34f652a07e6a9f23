import type { CallContext } from './call-context.js';

/**
 * `open` where variables can be declared; `closed` where not: parameters and fields of classes; `wrapped` for one
 * expression there that gets a function of its own, for hooks of elements only.
 */
export type ScopeKind = 'open' | 'closed' | 'wrapped';

/** A function, or the file itself, whose code is looked at. */
export class Scope {
  readonly context: CallContext | undefined;
  readonly kind: ScopeKind;
  readonly #names: string[] = [];
  #used = 0;
  #kept = 0;

  constructor(kind: ScopeKind, context?: CallContext) {
    this.kind = kind;
    this.context = context;
  }

  /** The names of all that were taken, for their declaration. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** A mark for `release`. */
  get used(): number {
    return this.#used;
  }

  /** A temporary that nobody uses at this point; undefined where none can be declared. */
  take(): string | undefined {
    if (this.kind === 'closed') return undefined;
    const name = `$prof${this.#used++}`;
    if (!this.#names.includes(name)) this.#names.push(name);
    return name;
  }

  /** A variable that nobody else uses: undefined when the function begins. Itself undefined where none can be declared. */
  takeForGood(): string | undefined {
    if (this.kind !== 'open') return undefined;
    const name = `$proff${this.#kept++}`;
    this.#names.push(name);
    return name;
  }

  /** Gives back all temporaries that were taken since `used` was read. */
  release(used: number): void {
    this.#used = used;
  }
}
