import type { CpuFrame } from '../cpu-record.js';
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
 *
 * @param placeOf - the line of a frame, whose function is called and awaited at different columns
 */
export function leafWaits(
  given: readonly BlockSite[],
  placeOf: (frame: CpuFrame) => string,
): readonly BlockSite[] {
  const keyOf = (stack: BlockSite['stack']): string => stack.map(placeOf).join('\n');
  const sites = merged(given, keyOf);
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

/** Waits of one kind from the same lines as one. */
function merged(
  sites: readonly BlockSite[],
  keyOf: (stack: BlockSite['stack']) => string,
): readonly BlockSite[] {
  const byKey = new Map<string, BlockSite>();
  for (const site of sites) {
    const key = `${site.kind} ${site.isAwait} ${site.lock ?? ''}\n${keyOf(site.stack)}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? site : sum(known, site));
  }
  return [...byKey.values()];
}

function sum(a: BlockSite, b: BlockSite): BlockSite {
  return { ...a, contentions: a.contentions + b.contentions, nanos: a.nanos + b.nanos };
}
