const ownPrefix = new URL('..', import.meta.url).href;

/** Whether a worker is the program's, by the URL of its script: not prof's, nor Node's, which loads modules. */
export function isProgramWorker(url: string): boolean {
  return !url.startsWith(ownPrefix) && !url.startsWith('node:');
}
