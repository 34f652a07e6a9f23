const packageFolder = new URL('../../../', import.meta.url).href;

/**
 * Whether a file is the user's own, and of no installed package; this package's examples are the user's.
 *
 * @param url - `file:` URL
 */
export function isOwnFile(url: string): boolean {
  const inPackage = url.startsWith(packageFolder) ? url.slice(packageFolder.length) : url;
  return !/(^|\/)node_modules\//.test(inPackage);
}
