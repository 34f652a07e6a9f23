import { fileURLToPath } from 'node:url';
import type { MarkedFiles } from '../source/transform/marked-lines.js';

const registerUrl = new URL('../source/register.js', import.meta.url);
const awaitUrl = new URL('../source/transform/await-register.js', import.meta.url);
const callsUrl = new URL('../capture/calls-register.js', import.meta.url);
const updatesUrl = new URL('../race/updates/preload.cjs', import.meta.url);
const linesUrls = {
  own: new URL('../source/transform/lines-register.js', import.meta.url),
  all: new URL('../source/transform/lines-register-all.js', import.meta.url),
};
const raceUrl = new URL('../race/preload.cjs', import.meta.url);

/** What is done in a child beside loading TypeScript. */
export interface ChildHooks {
  /** Look for data races. */
  readonly race?: boolean;
  /** Look for updates that async functions lose. */
  readonly raceAsync?: boolean;
  /** Let profilers know of each `await`. */
  readonly awaits?: boolean;
  /** Let CPU profiles have all callers and the lines of calls, also where V8 does not tell them; nothing may be inlined. */
  readonly calls?: boolean;
  /** Let a heap profiler know the lines of the user's own code, or of all code. */
  readonly lines?: MarkedFiles | undefined;
}

/**
 * The environment of a child that loads TypeScript by our hooks, in every thread, whatever
 * `execArgv` a worker is given, and in the children that it starts in turn.
 *
 * @param env - the environment to build on
 */
export function childEnv(env: NodeJS.ProcessEnv, hooks: ChildHooks = {}): NodeJS.ProcessEnv {
  const watching = [...(hooks.race ? [raceUrl] : []), ...(hooks.raceAsync ? [updatesUrl] : [])];
  const required = [
    ...watching,
    ...(hooks.awaits ? [awaitUrl] : []),
    ...(hooks.calls ? [callsUrl] : []),
    ...(hooks.lines === undefined ? [] : [linesUrls[hooks.lines]]),
    ...(watching.length === 0 ? [registerUrl] : []),
  ];
  const options = [env['NODE_OPTIONS'], ...required.map((url) => `--require ${quote(fileURLToPath(url))}`)];
  // Node 20 loads its main module by the loader that knows no hooks unless something was imported before.
  if (process.version.startsWith('v20.'))
    options.push(`--import ${quote(watching.length === 0 ? registerUrl.href : 'data:text/javascript,')}`);
  return {
    ...env,
    NODE_OPTIONS: options.filter((option) => option !== undefined && option !== '').join(' '),
  };
}

/** A word of NODE_OPTIONS. @see https://nodejs.org/api/cli.html#node_optionsoptions */
function quote(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&')}"`;
}
