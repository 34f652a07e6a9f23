import { fileURLToPath } from 'node:url';
import type { LoadFnOutput, ResolveContext, ResolveFnOutput } from './node-module.js';
import { secondTry } from './resolve.js';
import { removeTransform, transformLoaded, transformSource } from './transform/slot.js';
import { isTypeScript, loadTypeScript } from './typescript.js';

// The hooks that Node 20 runs in a thread of its own, for `import`; `require` is seen to by
// `installRequireHooks`.

/** What `register` hands over: memory that sites are counted in, where files are to be watched for races. */
export interface HooksData {
  /** Whether the thread that the hooks are for runs files as they are. */
  readonly isPlain: boolean;
  readonly sites: SharedArrayBuffer | undefined;
  /** Whether it is for lost updates, not for races. */
  readonly isForUpdates: boolean;
}

/** Node's initialize hook. @see https://nodejs.org/api/module.html#initialize */
export async function initialize({ isPlain, sites, isForUpdates }: HooksData): Promise<void> {
  // This thread has required what every thread does.
  if (isPlain) removeTransform();
  if (sites === undefined) return;
  const { installRaceTransform, installUpdateTransform } = await import('./transform/instrumented.js');
  const install = isForUpdates ? installUpdateTransform : installRaceTransform;
  install(new Int32Array(sites));
}

/** Node's resolve hook. @see https://nodejs.org/api/module.html#resolvespecifier-context-nextresolve */
export async function resolve(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Promise<ResolveFnOutput>,
): Promise<ResolveFnOutput> {
  try {
    return await next(specifier, context);
  } catch (error) {
    const again = secondTry(error, specifier, context.parentURL);
    if (again === undefined) throw error;
    return next(again.specifier, { ...context, parentURL: again.parentURL });
  }
}

/** Node's load hook. @see https://nodejs.org/api/module.html#loadurl-context-nextload */
export async function load(
  url: string,
  context: unknown,
  next: (url: string, context: unknown) => Promise<LoadFnOutput>,
): Promise<LoadFnOutput> {
  const path = url.startsWith('file:') ? fileURLToPath(url) : '';
  if (!isTypeScript(path)) return transformModule(await next(url, context), url);
  const { format, source } = loadTypeScript(path);
  // Note: with a source, Node 20 would give CommonJS a `require` that knows no other loader; without
  // one the file is read by `require.extensions`, which strips its types again.
  return format === 'commonjs'
    ? { format, shortCircuit: true }
    : { format, source: transformSource(source, url, format), shortCircuit: true };
}

/** CommonJS is left to `installRequireHooks`. */
function transformModule(loaded: LoadFnOutput, url: string): LoadFnOutput {
  return loaded.format === 'module' ? transformLoaded(loaded, url) : loaded;
}
