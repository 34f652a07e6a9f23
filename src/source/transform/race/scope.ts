import type { CallContext } from './call-context.js';

/** A function, or the file itself, whose code is looked at. */
export class Scope {
  readonly context: CallContext | undefined;
  readonly #canDeclare: boolean;
  readonly #names: string[] = [];
  #used = 0;

  /** @param kind - `closed` where no variable can be declared: parameters, fields of classes */
  constructor(kind: 'open' | 'closed', context?: CallContext) {
    this.#canDeclare = kind === 'open';
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
    if (!this.#canDeclare) return undefined;
    const name = `$prof${this.#used++}`;
    if (!this.#names.includes(name)) this.#names.push(name);
    return name;
  }

  /** Gives back all temporaries that were taken since `used` was read. */
  release(used: number): void {
    this.#used = used;
  }
}
