import type { Format } from './format.js';
import { isArray, isObject, type JsonObject, numberOr, numbersOf } from './json.js';
import type { Source } from './source.js';
import { StackCollector } from './stack-collector.js';
import { frameOfCallFrame } from './v8-frame.js';
import { addTicks, cpuOptions, type LineTicks, type NodeTicks } from './v8-ticks.js';
import { defaultMicros, sampleMicros } from './v8-times.js';
import { V8Tree } from './v8-tree.js';

/**
 * V8's `.cpuprofile`, as `node --cpu-prof` and Chrome DevTools write it.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
export const cpuprofile: Format = {
  name: 'V8 .cpuprofile',

  detects(source) {
    const value = source.json();
    if (!isObject(value) || !isArray(value['nodes'])) return false;
    const [first] = value['nodes'];
    return isObject(first) ? 'callFrame' in first : 'startTime' in value;
  },

  read(source) {
    const value = source.json();
    if (!isObject(value)) return source.fail('the file', 'is not an object');
    const nodes = isArray(value['nodes']) ? value['nodes'] : [];
    const tree = readTree(source, nodes);
    const [start, end] = [numberOr(value['startTime'], 0), numberOr(value['endTime'], Number.NaN)];
    const ticks = readTicks(source, { tree, nodes, value, start, end });
    const durationNanos = end > start ? (end - start) * 1000 : 0;
    const collector = new StackCollector(source, cpuOptions([{ tree, ticks }], durationNanos));
    addTicks(collector, { tree, ticks });
    return collector.build();
  },
};

/** Callers are named by their children's `parent`, or name their `children`. */
function readTree(source: Source, nodes: readonly unknown[]): V8Tree {
  const tree = new V8Tree(source);
  for (const [i, node] of nodes.entries()) {
    const place = `nodes[${i}]`;
    if (!isObject(node)) throw source.error(place, 'is not an object');
    tree.add(node['id'], frameOfCallFrame(node['callFrame']), place);
  }
  for (const [i, node] of nodes.entries()) {
    if (!isObject(node)) continue;
    if (node['parent'] !== undefined) tree.link(i, tree.indexOf(node['parent']), `nodes[${i}].parent`);
    const children = node['children'] ?? [];
    if (!isArray(children)) throw source.error(`nodes[${i}].children`, 'is not an array');
    for (const [n, child] of children.entries())
      tree.link(tree.indexOf(child), i, `nodes[${i}].children[${n}]`);
  }
  tree.checkAcyclic();
  return tree;
}

interface Recording {
  readonly tree: V8Tree;
  readonly nodes: readonly unknown[];
  readonly value: JsonObject;
  /** Microseconds; NaN for an unknown end. */
  readonly start: number;
  readonly end: number;
}

function readTicks(source: Source, recording: Recording): NodeTicks[] {
  const { tree, nodes } = recording;
  const hits = Float64Array.from(nodes, (node) => (isObject(node) ? numberOr(node['hitCount'], 0) : 0));
  const sampled = readSamples(source, recording);
  // V8 counts no hit for the first sample.
  const counts = hits.map((count, node) => Math.max(count, sampled?.counts[node] ?? 0));
  const micros = sampled?.micros ?? hitMicros(hits, recording);
  return Array.from({ length: tree.size }, (_, node) => ({
    node,
    lines: splitByLine(nodes[node], { count: counts[node] ?? 0, micros: micros[node] ?? 0 }),
  }));
}

/** Counts and time of each node by the samples; undefined where the file has none. */
function readSamples(
  source: Source,
  { tree, value, start, end }: Recording,
): { counts: Float64Array; micros: Float64Array } | undefined {
  const samples = value['samples'] ?? [];
  if (!isArray(samples)) return source.fail('samples', 'is not an array');
  const deltas = numbersOf(source, value['timeDeltas'] ?? [], 'timeDeltas');
  if (samples.length === 0) return undefined;
  const times = sampleMicros(samples.length, { start, end, deltas });
  const [counts, micros] = [new Float64Array(tree.size), new Float64Array(tree.size)];
  for (const [i, id] of samples.entries()) {
    const node = tree.indexOf(id);
    if (node < 0) return source.fail(`samples[${i}]`, `${JSON.stringify(id)} is not the id of a node`);
    counts[node] = (counts[node] ?? 0) + 1;
    micros[node] = (micros[node] ?? 0) + (times[i] ?? 0);
  }
  return { counts, micros };
}

/** Without samples every hit lasted as long as any other. */
function hitMicros(hits: Float64Array, { start, end }: Recording): Float64Array {
  const total = hits.reduce((sum, count) => sum + count, 0);
  const each = end > start && total > 0 ? (end - start) / total : defaultMicros;
  return hits.map((count) => count * each);
}

/** A node's own ticks by line, time in proportion; those that V8 gives no line have line 0. */
function splitByLine(node: unknown, { count, micros }: { count: number; micros: number }): LineTicks[] {
  const nanos = Math.round(micros * 1000);
  const given = isObject(node) && isArray(node['positionTicks']) ? node['positionTicks'] : [];
  const lines = given.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const [line, ticks] = [numberOr(entry['line'], 0), numberOr(entry['ticks'], 0)];
    return ticks > 0 && Number.isSafeInteger(line) && line >= 0 ? [{ line, ticks }] : [];
  });
  const known = lines.reduce((sum, { ticks }) => sum + ticks, 0);
  const total = Math.max(known, count);
  if (total <= 0) return nanos === 0 ? [] : [{ line: 0, count, nanos }];
  if (known < total) lines.push({ line: 0, ticks: total - known });
  let seen = 0;
  const share = (ticks: number): number => Math.round((nanos * ticks) / total);
  return lines.map(({ line, ticks }) => {
    const from = share(seen);
    seen += ticks;
    return { line, count: ticks, nanos: share(seen) - from };
  });
}
