import { CallTables } from '../call-tables.js';
import type { BlockSite } from './block-recorder.js';

/**
 * Long turns of the event loop with their callers on the lines of the calls, where the text tells them: what was running is
 * known from V8's CPU profiler, which has callers on the lines where they start. Stacks of other waits know their lines.
 */
export function withLoopLines(sites: readonly BlockSite[]): readonly BlockSite[] {
  const tables = new CallTables();
  return sites.map((site) => {
    if (site.kind !== 'loop') return site;
    const [running, waiting] = [site.stack.slice(0, -1), site.stack.slice(-1)];
    return { ...site, stack: [...tables.withCallLines(running), ...waiting] };
  });
}
