import Module from 'node:module';

/** What Node's CommonJS loader calls with the text of a module. */
interface Compiling {
  _compile(this: unknown, code: string, file: string, format?: string): unknown;
}

const keptName = '__profKeptScripts';

/**
 * Keeps the scripts of CommonJS modules alive. V8 tells file and line of a function as long as its script is there, and a
 * script goes when no function of it is left, as soon as a program's main module has ended.
 *
 * An empty function behind the last line of each module is kept. A module that ends by `return` or by throwing is not.
 */
export function keepScripts(): void {
  const kept: unknown[] = [];
  Object.defineProperty(globalThis, keptName, { value: (fn: unknown) => void kept.push(fn) });
  const { prototype } = Module as unknown as { prototype: Compiling }; // undocumented, the same since Node 0.x
  const compile = prototype._compile;
  prototype._compile = function _compile(code, file, format): unknown {
    const text = format === 'module' || format === 'json' ? code : `${code}\n;${keptName}(()=>{});`;
    return Reflect.apply(compile, this, [text, file, format]);
  };
}
