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
  return url !== '' && !url.startsWith('node:') && !isOwn(url) && !ownPackages.test(url);
}

/** A stack without the functions of prof that the program's calls pass through, such as its load hooks. */
export function withoutOwnFrames<F extends Placed>(stack: readonly F[]): F[] {
  return stack.filter(({ url }) => !isOwn(url));
}
