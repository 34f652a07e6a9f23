/** Functions that were replaced, and how to put them back. */
export class Patches {
  readonly #undo: (() => void)[] = [];

  /**
   * Puts a function in the place of one of `object`'s, with its name and number of parameters.
   *
   * @param make - makes it from the one that was there; not called where there is none
   */
  replace<K extends PropertyKey>(
    object: Partial<Record<K, unknown>>,
    key: K,
    make: (original: Callable) => Callable,
  ): void {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    const original: unknown = descriptor?.value;
    if (descriptor === undefined || typeof original !== 'function' || !descriptor.configurable) return;
    const replacement = make(original as Callable); // checked above
    for (const name of Reflect.ownKeys(original)) copyProperty(original, replacement, name);
    Object.defineProperty(object, key, { ...descriptor, value: replacement });
    this.#undo.push(() => Object.defineProperty(object, key, descriptor));
  }

  /** Puts all of them back, the last first. */
  undo(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}

/** A function of whatever kind. */
// biome-ignore lint/suspicious/noExplicitAny: what stands in for a function hands its arguments on as they are
export type Callable = (this: any, ...args: any[]) => any;

/** `name`, `length`, and what hangs on the function, such as `util.promisify.custom`. */
function copyProperty(from: object, to: object, key: PropertyKey): void {
  const descriptor = Object.getOwnPropertyDescriptor(from, key);
  const own = Object.getOwnPropertyDescriptor(to, key);
  if (descriptor !== undefined && own?.configurable !== false) Object.defineProperty(to, key, descriptor);
}
