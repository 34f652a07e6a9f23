import type { Frame } from '../profile/builder.js';
import { noCallLines } from '../profile/call-lines.js';
import type { Format } from './format.js';
import { isArray, isObject, type JsonObject, numberOr } from './json.js';
import type { Source } from './source.js';
import { StackCollector } from './stack-collector.js';
import { frameOfCallFrame } from './v8-frame.js';

/**
 * V8's `.heapprofile`, as `node --heap-prof` and Chrome DevTools write it: a tree of calls, in each
 * node the bytes that it allocated and that are still in use. Objects are counted where the file
 * lists its samples; V8 writes one for each that it sampled, not for each that there was.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
 */
export const heapprofile: Format = {
  name: 'V8 .heapprofile',

  detects(source) {
    const value = source.json();
    return isObject(value) && isObject(value['head']) && 'callFrame' in value['head'];
  },

  read(source) {
    const value = source.json();
    if (!isObject(value) || !isObject(value['head'])) return source.fail('head', 'is not an object');
    const counts = sampleCounts(source, value);
    const space = { type: 'inuse_space', unit: 'bytes' };
    const collector = new StackCollector(source, {
      sampleTypes: counts === undefined ? [space] : [{ type: 'samples', unit: 'count' }, space],
      defaultSampleType: space.type,
      periodType: { type: 'space', unit: 'bytes' },
      comments: [noCallLines],
    });
    addNodes(source, { head: value['head'], counts, collector });
    return collector.build();
  },
};

/** Sampled allocations by node id; undefined where the file has none. */
function sampleCounts(source: Source, value: JsonObject): ReadonlyMap<unknown, number> | undefined {
  const samples = value['samples'];
  if (samples === undefined) return undefined;
  if (!isArray(samples)) return source.fail('samples', 'is not an array');
  const counts = new Map<unknown, number>();
  for (const [i, sample] of samples.entries()) {
    if (!isObject(sample)) return source.fail(`samples[${i}]`, 'is not an object');
    counts.set(sample['nodeId'], (counts.get(sample['nodeId']) ?? 0) + 1);
  }
  return counts;
}

interface Pending {
  readonly node: JsonObject;
  /** Locations, leaf first. */
  readonly callers: Callers | undefined;
  readonly parent: Pending | undefined;
  /** Its number among its siblings; -1 for the head. */
  readonly index: number;
}

interface Callers {
  readonly location: number;
  readonly callers: Callers | undefined;
}

/** Adds each node before those that it calls; a list of what is left takes the place of recursion. */
function addNodes(
  source: Source,
  {
    head,
    counts,
    collector,
  }: { head: JsonObject; counts: ReadonlyMap<unknown, number> | undefined; collector: StackCollector },
): void {
  const pending: Pending[] = [{ node: head, callers: undefined, parent: undefined, index: -1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, callers } = next;
    const at = next;
    const place = (): string => placeOf(at);
    const frame = frameOfCallFrame(node['callFrame']);
    const own = { location: collector.locationOf(frame), callers };
    const size = node['selfSize'] === undefined ? 0 : numberOr(node['selfSize'], Number.NaN);
    if (Number.isNaN(size)) throw source.error(`${place()}.selfSize`, 'is no number');
    const values = counts === undefined ? [size] : [counts.get(node['id']) ?? 0, size];
    // A stack only for those that need one: a chain of calls can be long.
    if (values.some((value) => value !== 0)) collector.add(locationsOf(own), values, { place });
    const children = node['children'] ?? [];
    if (!isArray(children)) throw source.error(`${place()}.children`, 'is not an array');
    const below = isRoot(frame) && at.parent === undefined ? undefined : own;
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (!isObject(child)) throw source.error(`${place()}.children[${index}]`, 'is not an object');
      pending.push({ node: child, callers: below, parent: at, index });
    }
  }
}

function isRoot({ name, file }: Frame): boolean {
  return name === '(root)' && file === '';
}

function locationsOf(callers: Callers): number[] {
  const locations: number[] = [];
  for (let at: Callers | undefined = callers; at !== undefined; at = at.callers) locations.push(at.location);
  return locations;
}

/** `head.children[0].children[2]`; only its end where the node is deep. */
function placeOf(pending: Pending): string {
  const parts: string[] = [];
  let at: Pending | undefined = pending;
  for (; at?.parent !== undefined && parts.length < 8; at = at.parent) parts.push(`children[${at.index}]`);
  return [at?.parent === undefined ? 'head' : '…', ...parts.reverse()].join('.');
}
