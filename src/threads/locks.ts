import type { Order } from './order.js';
import { type AnyFunction, replace } from './patch.js';

/** `navigator.locks`, which Node has from 24 on. */
interface LockManager {
  request(name: string, ...rest: unknown[]): Promise<unknown>;
}

/** Makes `navigator.locks` order the threads that hold a lock one after the other. */
export function watchLocks(order: Order): void {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } }; // not known to the types of Node 20
  const locks = navigator?.locks;
  if (locks === undefined) return;
  replace(
    Object.getPrototypeOf(locks),
    'request',
    (original) =>
      function request(this: unknown, ...args: readonly unknown[]): unknown {
        const callback = args.at(-1);
        const rest =
          typeof callback === 'function'
            ? [...args.slice(0, -1), held(callback as AnyFunction, order)]
            : args;
        return Reflect.apply(original, this, rest);
      },
  );
}

/** The callback, with the lock's order around it. */
function held(callback: AnyFunction, order: Order): AnyFunction {
  return function granted(this: unknown, ...args: readonly unknown[]): unknown {
    const [lock] = args;
    if (lock == null) return Reflect.apply(callback, this, args);
    const { name } = lock as { readonly name: unknown }; // a Lock
    order.enter(String(name));
    const leave = (): void => order.leave(String(name));
    try {
      const result = Reflect.apply(callback, this, args);
      if (result instanceof Promise) {
        // The first reaction: it comes before the lock goes on.
        result.then(leave, leave);
      } else leave();
      return result;
    } catch (error) {
      leave();
      throw error;
    }
  };
}
