import { fileURLToPath } from 'node:url';
import { type LoadFnOutput, type ResolveFnOutput, registerHooks } from './node-module.js';
import { secondTry } from './resolve.js';
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
        // `require` finds files by path only.
        const byPath = context.conditions.includes('require') && again.specifier.startsWith('file:');
        const found = byPath ? fileURLToPath(again.specifier) : again.specifier;
        return next(found, { ...context, parentURL: again.parentURL });
      }
    },
    load(url, context, next): LoadFnOutput {
      const path = url.startsWith('file:') ? fileURLToPath(url) : '';
      if (!isTypeScript(path)) return next(url, context);
      return { ...loadTypeScript(path), shortCircuit: true };
    },
  });
}
