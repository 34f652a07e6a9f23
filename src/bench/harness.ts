import type { Harness } from './root-stacks.js';

const captureFolder = new URL('../capture/', import.meta.url).href;
const folders = [new URL('./', import.meta.url).href, captureFolder];
const tinybench = /[\\/]node_modules[\\/]tinybench[\\/]/;

/** This program's own frames in its child processes: what drives and profiles, tinybench, and the inspector. */
export const harness: Harness = {
  isHarness: (url) =>
    folders.some((folder) => url.startsWith(folder)) || tinybench.test(url) || url === 'node:inspector',
};

/** Whether a script is one of those that profile. */
export function isProfiler(url: string): boolean {
  return url.startsWith(captureFolder);
}
