import Module from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { secondTry } from './resolve.js';
import { installedTransform, transformSource } from './transform/slot.js';
import { loadTypeScript } from './typescript.js';

interface RequiredModule {
  readonly filename: string;
  _compile(code: string, file: string, format?: string): unknown;
}

/** The insides of Node 20's CommonJS loader that its users patch; they have kept their form since Node 0.x. */
interface ModuleInsides {
  _extensions: Record<string, (module: RequiredModule, file: string) => void>;
  _resolveFilename(request: string, parent: { filename?: string } | undefined, ...rest: unknown[]): string;
}

const insides = Module as unknown as ModuleInsides;
const extensions = ['.ts', '.mts', '.cts'];

/**
 * Lets an `import` of CommonJS under node_modules load TypeScript on Node 22 and later: there Node takes the source
 * from the load hook, but the format from the file's ending, and then refuses to strip types under node_modules.
 */
export function installNodeModulesHook(): void {
  const byNode = insides._extensions['.js'];
  for (const extension of extensions) {
    insides._extensions[extension] = (module, file) =>
      /[/\\]node_modules[/\\]/.test(file) ? compileTypeScript(module, file) : byNode?.(module, file);
  }
}

/** Lets `require` load TypeScript on Node 20, which has no hooks for it. */
export function installRequireHooks(): void {
  for (const extension of extensions) insides._extensions[extension] = compileTypeScript;
  if (installedTransform() !== undefined) installCompileHook();
  const resolveFilename = insides._resolveFilename;
  insides._resolveFilename = function resolve(request, parent, ...rest): string {
    try {
      return resolveFilename.call(this, request, parent, ...rest);
    } catch (error) {
      const parentURL = parent?.filename === undefined ? undefined : pathToFileURL(parent.filename).href;
      const again = secondTry(error, request, parentURL);
      if (again === undefined) throw error;
      if (again.specifier.startsWith('file:')) return fileURLToPath(again.specifier);
      return Module.createRequire(again.parentURL ?? dirname(import.meta.url)).resolve(again.specifier);
    }
  };
}

/** Lets `require` run changed text on Node 20. */
function installCompileHook(): void {
  const { prototype } = Module as unknown as { prototype: RequiredModule };
  const compile = prototype._compile;
  prototype._compile = function _compile(this: RequiredModule, code, file, format): unknown {
    const text = transformSource(code, pathToFileURL(file).href, 'commonjs');
    return Reflect.apply(compile, this, [text, file, format]);
  };
}

function compileTypeScript(module: RequiredModule, file: string): void {
  const { format, source } = loadTypeScript(file);
  module._compile(source, file, format);
}
