/** Any function; its arguments are handed on as they came. */
export type AnyFunction = (this: unknown, ...args: readonly unknown[]) => unknown;

/**
 * Puts a function in the place of `owner[key]` that has its name, length and attributes; nothing where there is no
 * such function.
 *
 * @param make - gives the new function for the original
 */
export function replace(
  owner: object,
  key: string | symbol,
  make: (original: AnyFunction) => AnyFunction,
): void {
  // An inherited method gets an own one in front of it, as an assignment would give it.
  const inherited: unknown = Reflect.get(owner, key);
  const property = Object.getOwnPropertyDescriptor(owner, key) ?? {
    value: inherited,
    writable: true,
    configurable: true,
  };
  if (typeof property?.value !== 'function') return;
  const original: AnyFunction = property.value;
  const made = methodLike(make(original));
  Object.defineProperty(made, 'name', { value: original.name, configurable: true });
  Object.defineProperty(made, 'length', { value: original.length, configurable: true });
  originals.set(made, original);
  Object.defineProperty(owner, key, { ...property, value: made });
}

const originals = new WeakMap<AnyFunction, AnyFunction>();

/** What `replace` has put a function in the place of; undefined for other functions. */
export function replacedBy(fn: AnyFunction): AnyFunction | undefined {
  return originals.get(fn);
}

/** Builtins have no `prototype` and cannot be constructed, as methods. */
function methodLike(fn: AnyFunction): AnyFunction {
  const { method } = {
    method(this: unknown, ...args: readonly unknown[]): unknown {
      return Reflect.apply(fn, this, args);
    },
  };
  return Object.hasOwn(fn, 'prototype') ? method : fn;
}
