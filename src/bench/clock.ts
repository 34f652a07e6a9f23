import { performance } from 'node:perf_hooks';

/** Milliseconds since this process started, also where a benchmark replaces or deletes `performance`. */
export const nowMillis: () => number = performance.now.bind(performance);
