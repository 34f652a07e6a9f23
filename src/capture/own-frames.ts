/** The part of a frame that tells whose it is. */
interface Placed {
  /** Path, URL or `node:` name; empty for V8's own. */
  readonly url: string;
}

const ownFolder = new URL('..', import.meta.url);
const ownPrefixes = [ownFolder.href, decodeURIComponent(ownFolder.pathname)];
/** Packages that prof itself calls while a program runs. */
const ownPackages = /[/\\]node_modules[/\\](acorn|@swc[/\\]wasm-typescript|pprof|bindings)[/\\]/;

function isOwn(url: string): boolean {
  return ownPrefixes.some((prefix) => url.startsWith(prefix));
}

/**
 * Whether a stack is work of prof itself: it comes from one of its functions and leads to no function
 * of the program.
 *
 * @param stack - root first
 */
export function isOwnWork(stack: readonly Placed[]): boolean {
  const first = stack.findIndex(({ url }) => isOwn(url));
  return first >= 0 && !stack.slice(first).some(({ url }) => isProgram(url));
}

function isProgram(url: string): boolean {
  return url !== '' && !/^(node|wasm):/.test(url) && !isOwn(url) && !ownPackages.test(url);
}

/**
 * A stack as the program's: without the functions of prof that its calls pass through, such as load
 * hooks, and without Node's loader in front of its first module.
 *
 * @param stack - root first
 */
export function programFrames<F extends Placed>(stack: readonly F[]): F[] {
  const first = stack.findIndex(({ url }) => isProgram(url));
  const isLoaded = stack.slice(0, Math.max(first, 0)).some(({ url }) => isLoader(url));
  return stack.slice(isLoaded ? first : 0).filter(({ url }) => !isOwn(url));
}

/** Whether a script is a part of what loads modules and starts the program. */
export function isLoader(url: string): boolean {
  return /^node:internal\/(modules|main|bootstrap|process\/esm_loader)\b/.test(url);
}
