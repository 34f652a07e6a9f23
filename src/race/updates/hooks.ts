import type { Activation } from './activation.js';
import { Location, unknownValue } from './location.js';
import type { Code, UpdateWatch } from './update-watch.js';

/** What instrumented code calls; see `instrumentUpdates`. */
export class UpdateHooks {
  readonly #watch: UpdateWatch;
  #next: Code | undefined;

  constructor(watch: UpdateWatch) {
    this.#watch = watch;
  }

  get current(): Activation | undefined {
    return this.#watch.current;
  }

  set current(activation: Activation | undefined) {
    this.#watch.current = activation;
    this.#next = undefined;
  }

  /** An async function is called. */
  enter(): Activation {
    return this.#watch.enter();
  }

  /** The state of a variable. */
  variable(name: string): Location {
    return new Location(`"${name}"`);
  }

  /** A variable is read; its state is undefined where a function runs before its module. */
  readVariable(location: Location | undefined, value: unknown, ...code: CodeWords): void {
    if (location !== undefined) this.#watch.read(location, this.#valueOf(value), codeOf(code));
  }

  writeVariable(location: Location | undefined, value: unknown, ...code: CodeWords): void {
    if (location !== undefined) this.#watch.write(location, this.#valueOf(value), codeOf(code));
  }

  readProperty(owner: unknown, key: unknown, ...[value, ...code]: [unknown, ...CodeWords]): void {
    if (!isObject(owner) || isObject(key)) return;
    const location = this.#watch.locations.getOrMake(owner, nameOf(key), propertyName(key));
    this.#watch.read(location, this.#valueOf(value), codeOf(code));
  }

  writeProperty(owner: unknown, key: unknown, ...[value, ...code]: [unknown, ...CodeWords]): void {
    if (!isObject(owner) || isObject(key)) return;
    const location = this.#watch.locations.get(owner, nameOf(key));
    if (location !== undefined) this.#watch.write(location, this.#valueOf(value), codeOf(code));
  }

  /** The method of a collection that is about to be called is told where from. */
  next(...code: CodeWords): void {
    this.#next = codeOf(code);
  }

  /** Where the method that runs was called from. */
  takeNext(): Code {
    const code = this.#next ?? { site: 0, activation: undefined, dependence: undefined };
    this.#next = undefined;
    return code;
  }

  /** Instrumented code writes this object where it knows no value. */
  #valueOf(value: unknown): unknown {
    return value === this ? unknownValue : value;
  }
}

/** Site, activation (0 for who is running), and the sites that a write depends on. */
type CodeWords = [
  site: number,
  activation: Activation | 0,
  data?: readonly number[],
  control?: readonly number[],
];

function codeOf([site, activation, data, control = []]: CodeWords): Code {
  const dependence = data && { data, control };
  return { site, activation: activation === 0 ? undefined : activation, dependence };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The name of a property as the language has it: numbers are texts. */
function nameOf(key: unknown): unknown {
  return typeof key === 'symbol' ? key : String(key);
}

function propertyName(key: unknown): string {
  const text = String(key);
  return /^[\p{L}_$#]/u.test(text) && typeof key !== 'symbol' ? `property "${text}"` : `element [${text}]`;
}
