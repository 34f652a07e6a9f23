import type { BlockSite } from './block-recorder.js';

/** A function that awaits another async function waits as long as that one: less than this share is its own. */
const ownShare = 0.05;
/** Nanoseconds that going on may take each time, the reading of the inner one's stack included. */
const goingOnNanos = 50_000;

/**
 * Leaves out of each `await` what the async function waited that it awaits: the line that waits for something
 * outside is charged, once.
 *
 * waits (root first)          become
 *   a:1 b:2 (await) 30 ms       a:1 b:2 (await) 30 ms
 *   a:1 (await) 40 ms           a:1 (await) 10 ms
 */
export function leafWaits(sites: readonly BlockSite[]): readonly BlockSite[] {
  const inner = new Map<string, number>();
  for (const site of sites) {
    if (!site.isAwait) continue;
    const outer = keyOf(site.stack.slice(0, -2));
    inner.set(outer, (inner.get(outer) ?? 0) + site.nanos);
  }
  return sites.flatMap((site): readonly BlockSite[] => {
    if (!site.isAwait) return [site];
    const below = inner.get(keyOf(site.stack.slice(0, -1)));
    if (below === undefined) return [site];
    const own = site.nanos - below;
    const least = Math.max(ownShare * site.nanos, goingOnNanos * site.contentions);
    return own >= least ? [{ ...site, nanos: own }] : [];
  });
}

function keyOf(stack: BlockSite['stack']): string {
  return stack.map(({ url, line, name }) => `${line} ${name} ${url}`).join('\n');
}
