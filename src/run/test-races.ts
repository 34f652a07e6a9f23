import { raceCount } from '../race/found.js';
import type { TestEvent } from './test-event.js';

/**
 * Lets each test fail during which a data race was found, and tells at the end how many there were.
 *
 * @param tell - tells the parent process
 */
export async function watchRaces(tell: (event: TestEvent) => void): Promise<void> {
  const { afterEach } = await import('node:test');
  let known = 0;
  afterEach(() => {
    const count = raceCount() ?? 0;
    const isNew = count > known;
    known = count;
    if (isNew) throw new Error('race detected during execution of test');
  });
  process.on('exit', () => {
    const count = raceCount() ?? 0;
    if (count > 0) tell({ kind: 'races', count });
  });
}
