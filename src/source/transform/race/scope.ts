import type { CallContext } from './call-context.js';

/**
 * `open` where variables can be declared; `closed` where not: parameters and fields of classes; `wrapped` for one
 * expression there that gets a function of its own, for hooks of elements only.
 */
export type ScopeKind = 'open' | 'closed' | 'wrapped';

/** How a variable is declared; `var` for parameters. */
export type DeclarationKind = 'var' | 'let' | 'const';

/** A declaration, and those before it. */
interface Declared {
  readonly name: string;
  readonly kind: DeclarationKind;
  readonly before: Declared | undefined;
}

/** A function, or the file itself, whose code is looked at. */
export class Scope {
  readonly context: CallContext | undefined;
  readonly kind: ScopeKind;
  readonly #names: string[] = [];
  #used = 0;
  #declared: Declared | undefined;

  constructor(kind: ScopeKind, context?: CallContext) {
    this.kind = kind;
    this.context = context;
  }

  /** The names of all temporaries that were taken, for their declaration. */
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

  /** Notes a variable that has been declared. */
  declare(name: string, kind: DeclarationKind): void {
    this.#declared = { name, kind, before: this.#declared };
  }

  /** How a variable is declared by whose declaration the code has come for sure, in this function; undefined where that is not known. */
  kindOf(name: string): DeclarationKind | undefined {
    for (let at = this.#declared; at !== undefined; at = at.before) if (at.name === name) return at.kind;
    return undefined;
  }

  /** What is declared in a block is not known behind it. */
  inBlock(visit: () => void): void {
    const outer = this.#declared;
    visit();
    this.#declared = outer;
  }

  /** Gives back all temporaries that were taken since `used` was read. */
  release(used: number): void {
    this.#used = used;
  }
}
