import type { TimerWatcher } from '../../src/bench/batch.js';
import type { Operations } from '../../src/bench/operations.js';

/** Operations that are a function of their number; `calls` has that of each call. */
export function fakeOperations(
  run: (n: number, watcher: TimerWatcher | undefined) => void,
  { longestCall = 1e9 }: { readonly longestCall?: number } = {},
): Operations & { readonly calls: number[] } {
  const calls: number[] = [];
  let told: TimerWatcher | undefined;
  return {
    width: 1,
    others: undefined,
    longestCall,
    calls,
    async run(n) {
      calls.push(n);
      told?.called();
      run(n, told);
      told?.stopped();
    },
    watch(watcher) {
      told = watcher;
    },
    isOwn: ({ stack }) => stack.some(({ url }) => url === import.meta.url),
  };
}
