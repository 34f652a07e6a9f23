import { memoryName } from '../../sync/contention.js';
import { type BlockThread, nowMillis } from './block-thread.js';
import type { Patches } from './patch.js';

/** Records `Atomics.wait` and, from call to settlement, `Atomics.waitAsync`. */
export function watchAtomicsWaits(thread: BlockThread, patches: Patches): void {
  patches.replace(Atomics, 'wait', (wait) => {
    return function waited(cells, index, value, timeout) {
      if (thread.isInside) return wait(cells, index, value, timeout);
      const start = nowMillis();
      const result = wait(cells, index, value, timeout);
      if (result !== 'not-equal')
        thread.record({ kind: 'atomics', name: 'Atomics.wait', lock: lockName(cells, index) }, start, waited);
      return result;
    };
  });
}

/** Milliseconds without a try after which a thread does something else than spin. */
const spinGapMillis = 1;

/**
 * Records spinning: from the first `Atomics.compareExchange` on a cell that failed to the one that succeeds, as
 * long as they follow each other closely.
 */
export function watchSpinning(thread: BlockThread, patches: Patches): void {
  let at: { cells: unknown; index: unknown } | undefined;
  let spunMillis = 0;
  let last = 0;
  patches.replace(Atomics, 'compareExchange', (compareExchange) => {
    return function compared(cells, index, expected, value) {
      const found = compareExchange(cells, index, expected, value);
      const failed = found !== expected;
      const isSame = at !== undefined && at.cells === cells && at.index === index;
      if (!failed && !isSame) return found;
      const now = nowMillis();
      const gap = now - last;
      last = now;
      if (!isSame) {
        at = { cells, index };
        spunMillis = 0;
        return found;
      }
      if (gap < spinGapMillis && !thread.isInside) spunMillis += gap;
      if (failed) return found;
      at = undefined;
      if (spunMillis > 0)
        thread.record(
          { kind: 'spin', name: 'Atomics.compareExchange', lock: lockName(cells, index) },
          now - spunMillis,
          compared,
        );
      return found;
    };
  });
}

/** `colors+64`: the name of the shared memory that a cell is in, and the cell's offset there, if it has a name. */
function lockName(cells: unknown, index: unknown): string | undefined {
  if (!(cells instanceof Int32Array || cells instanceof BigInt64Array) || typeof index !== 'number')
    return undefined;
  const name = memoryName(cells.buffer);
  return name === undefined ? undefined : `${name}+${cells.byteOffset + index * cells.BYTES_PER_ELEMENT}`;
}
