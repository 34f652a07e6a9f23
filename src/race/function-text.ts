import { withoutHooks } from '../source/transform/instrumented.js';
import { type AnyFunction, replace, replacedBy } from '../threads/patch.js';

const { apply } = Reflect;

/** Texts that were asked for. */
const texts = new WeakMap<object, string>();

/**
 * Makes functions show their text without our hooks, and builtins that are hooked as builtins: programs hand texts of
 * functions to other contexts, threads and processes, which do not know the hooks, and tell builtins by `[native code]`.
 */
export function hookFunctionText(): void {
  replace(
    Function.prototype,
    'toString',
    (original) =>
      function textOf(this: unknown): unknown {
        if (typeof this !== 'function') return apply(original, this, []);
        const known = texts.get(this);
        if (known !== undefined) return known;
        const shown = replacedBy(this as AnyFunction) ?? this; // it is a function
        const text = withoutHooks(String(apply(original, shown, [])));
        texts.set(this, text);
        return text;
      },
  );
}
