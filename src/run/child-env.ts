import { fileURLToPath } from 'node:url';

const registerUrl = new URL('../source/register.js', import.meta.url);

/**
 * The environment of a child that loads TypeScript by our hooks, in every thread, whatever
 * `execArgv` a worker is given, and in the children that it starts in turn.
 *
 * @param env - the environment to build on
 */
export function childEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const options = [env['NODE_OPTIONS'], `--require ${quote(fileURLToPath(registerUrl))}`];
  // Node 20 loads its main module by the loader that knows no hooks unless something was imported before.
  if (process.version.startsWith('v20.')) options.push(`--import ${quote(registerUrl.href)}`);
  return {
    ...env,
    NODE_OPTIONS: options.filter((option) => option !== undefined && option !== '').join(' '),
  };
}

/** A word of NODE_OPTIONS. @see https://nodejs.org/api/cli.html#node_optionsoptions */
function quote(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&')}"`;
}
