import * as nodeModule from 'node:module';

/** The part of a resolve hook's context that we use. */
export interface ResolveContext {
  readonly parentURL: string | undefined;
  readonly conditions: readonly string[];
}

/** What a resolve hook returns. */
export interface ResolveFnOutput {
  readonly url: string;
  readonly format?: string | null;
  readonly shortCircuit?: boolean;
}

/** What a load hook returns. */
export interface LoadFnOutput {
  readonly format: string;
  readonly source?: string | ArrayBuffer | Uint8Array;
  readonly shortCircuit?: boolean;
}

/** Hooks that run in the thread that loads. */
export interface SyncHooks {
  resolve(
    specifier: string,
    context: ResolveContext,
    next: (specifier: string, context: ResolveContext) => ResolveFnOutput,
  ): ResolveFnOutput;
  load(url: string, context: unknown, next: (url: string, context: unknown) => LoadFnOutput): LoadFnOutput;
}

/**
 * `module.registerHooks`, which the types of Node 20 do not know; undefined there.
 * @see https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
export const registerHooks: ((hooks: SyncHooks) => unknown) | undefined =
  'registerHooks' in nodeModule ? (nodeModule.registerHooks as (hooks: SyncHooks) => unknown) : undefined; // documented signature
