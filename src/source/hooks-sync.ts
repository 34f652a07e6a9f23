import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type LoadFnOutput, type ResolveFnOutput, registerHooks } from './node-module.js';
import { type SecondTry, secondTry } from './resolve.js';
import { transformLoaded, transformSource } from './transform/slot.js';
import { isTypeScript, loadTypeScript } from './typescript.js';

/** Loads TypeScript in this thread, for `import` and `require`, by `module.registerHooks` (Node 22.15 and later). */
export function installSyncHooks(): void {
  registerHooks?.({
    resolve(specifier, context, next): ResolveFnOutput {
      try {
        return next(specifier, context);
      } catch (error) {
        const again = secondTry(error, specifier, context.parentURL);
        if (again === undefined) throw error;
        // `require` finds files by path only, and looks from the module that called it, whatever it is told.
        if (context.conditions.includes('require')) return next(pathOf(again), context);
        return next(again.specifier, { ...context, parentURL: again.parentURL });
      }
    },
    load(url, context, next): LoadFnOutput {
      const path = url.startsWith('file:') ? fileURLToPath(url) : '';
      if (isTypeScript(path)) {
        const { format, source } = loadTypeScript(path);
        return { format, source: transformSource(source, url, format), shortCircuit: true };
      }
      return transformLoaded(next(url, context), url);
    },
  });
}

function pathOf({ specifier, parentURL }: SecondTry): string {
  if (specifier.startsWith('file:')) return fileURLToPath(specifier);
  return createRequire(parentURL ?? import.meta.url).resolve(specifier);
}
