import type { Format } from './format.js';
import { isArray, isObject, type JsonObject, numberOr, numbersOf, textOf } from './json.js';
import type { Source } from './source.js';
import { StackCollector } from './stack-collector.js';
import { frameOfCallFrame } from './v8-frame.js';
import { addTicks, cpuOptions, type LineTicks, type NodeTicks } from './v8-ticks.js';
import { sampleMicros } from './v8-times.js';
import { V8Tree } from './v8-tree.js';

/**
 * A trace of Chrome, as its Performance panel saves it, of which the CPU profiles are read: a
 * `Profile` event, then `ProfileChunk` events with its nodes and samples. There can be one for each
 * thread, whose samples get a label.
 *
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export const chromeTrace: Format = {
  name: 'Chrome trace',

  detects(source) {
    return eventsOf(source.json()).some((event) => isObject(event) && isProfileEvent(event));
  },

  read(source) {
    const profiles = readProfiles(source);
    const read = profiles.map((profile) => readProfile(source, profile));
    const collector = new StackCollector(
      source,
      cpuOptions(read, Math.max(...read.map(({ nanos }) => nanos))),
    );
    for (const { tree, ticks, thread } of read)
      addTicks(collector, { tree, ticks, ...(thread === '' ? {} : { labels: { thread } }) });
    return collector.build();
  },
};

const profileEvents = new Set(['Profile', 'ProfileChunk', 'CpuProfile']);

function isProfileEvent({ name, args }: JsonObject): boolean {
  return typeof name === 'string' && profileEvents.has(name) && isObject(args) && isObject(args['data']);
}

/** Events stand in an array, or in the `traceEvents` of an object. */
function eventsOf(value: unknown): readonly unknown[] {
  if (isArray(value)) return value;
  return isObject(value) && isArray(value['traceEvents']) ? value['traceEvents'] : [];
}

/** A profile put together from its events. */
interface TraceProfile {
  /** Where its first event stands, for errors. */
  readonly place: string;
  /** `pid:tid` of the event that began it. */
  readonly threadKey: string;
  /** Microseconds; NaN when unknown. */
  start: number;
  end: number;
  readonly nodes: { readonly node: unknown; readonly place: string }[];
  readonly samples: unknown[];
  readonly deltas: number[];
  /** 1-based line of each sample. */
  readonly lines: unknown[];
}

function readProfiles(source: Source): (TraceProfile & { readonly thread: string })[] {
  const profiles = new Map<string, TraceProfile>();
  const threads = new Map<string, string>();
  for (const [i, event] of eventsOf(source.json()).entries()) {
    if (!isObject(event)) continue;
    const threadKey = `${String(event['pid'])}:${String(event['tid'])}`;
    const args = isObject(event['args']) ? event['args'] : {};
    if (event['name'] === 'thread_name') threads.set(threadKey, textOf(args['name']));
    if (!isProfileEvent(event)) continue;
    // One profile of a process has one id, its chunks come from V8's own thread.
    const key = event['id'] === undefined ? threadKey : `${String(event['pid'])} ${String(event['id'])}`;
    const place = `event ${i}`;
    const known = profiles.get(key) ?? emptyProfile(place, threadKey);
    profiles.set(key, known);
    addEvent(source, { profile: known, data: isObject(args['data']) ? args['data'] : {}, place });
  }
  const isSeveral = profiles.size > 1;
  return [...profiles.values()].map((profile) => {
    const name = threads.get(profile.threadKey) ?? '';
    return { ...profile, thread: name !== '' ? name : isSeveral ? profile.threadKey : '' };
  });
}

function emptyProfile(place: string, threadKey: string): TraceProfile {
  const lists = { nodes: [], samples: [], deltas: [], lines: [] };
  return { place, threadKey, start: Number.NaN, end: Number.NaN, ...lists };
}

function addEvent(
  source: Source,
  { profile, data, place }: { profile: TraceProfile; data: JsonObject; place: string },
): void {
  const chunk = isObject(data['cpuProfile']) ? data['cpuProfile'] : {};
  for (const part of [data, chunk]) {
    profile.start = numberOr(part['startTime'], profile.start);
    profile.end = numberOr(part['endTime'], profile.end);
  }
  const listOf = (value: unknown, name: string): readonly unknown[] =>
    value === undefined ? [] : isArray(value) ? value : source.fail(`${place}, ${name}`, 'is not an array');
  for (const [n, node] of listOf(chunk['nodes'], 'nodes').entries())
    profile.nodes.push({ node, place: `${place}, nodes[${n}]` });
  for (const id of listOf(chunk['samples'], 'samples')) profile.samples.push(id);
  const deltas = data['timeDeltas'] ?? chunk['timeDeltas'] ?? [];
  for (const delta of numbersOf(source, deltas, `${place}, timeDeltas`)) profile.deltas.push(delta);
  for (const line of listOf(data['lines'] ?? chunk['lines'], 'lines')) profile.lines.push(line);
}

interface ReadProfile {
  readonly tree: V8Tree;
  readonly ticks: readonly NodeTicks[];
  readonly thread: string;
  /** From the start to the end. */
  readonly nanos: number;
}

function readProfile(source: Source, profile: TraceProfile & { readonly thread: string }): ReadProfile {
  const tree = readTree(source, profile);
  const start = numberOr(profile.start, 0);
  const count = profile.samples.length;
  const micros = sampleMicros(count, { start, end: profile.end, deltas: profile.deltas });
  const first = profile.deltas[0] ?? 0;
  const nanos =
    (profile.end > start ? profile.end - start : micros.reduce((sum, own) => sum + own, first)) * 1000;
  return { tree, ticks: readTicks(source, { tree, profile, micros }), thread: profile.thread, nanos };
}

function readTree(source: Source, { nodes }: TraceProfile): V8Tree {
  const tree = new V8Tree(source);
  for (const { node, place } of nodes) {
    if (!isObject(node)) throw source.error(place, 'is not an object');
    tree.add(node['id'], frameOfCallFrame(node['callFrame']), place);
  }
  for (const [i, { node, place }] of nodes.entries()) {
    if (!isObject(node)) continue;
    if (node['parent'] !== undefined) tree.link(i, tree.indexOf(node['parent']), `${place}.parent`);
    const children = isArray(node['children']) ? node['children'] : [];
    for (const child of children) tree.link(tree.indexOf(child), i, `${place}.children`);
  }
  tree.checkAcyclic();
  return tree;
}

function readTicks(
  source: Source,
  { tree, profile, micros }: { tree: V8Tree; profile: TraceProfile; micros: Float64Array },
): NodeTicks[] {
  const byNode = Array.from({ length: tree.size }, () => new Map<number, LineTicks>());
  for (const [i, id] of profile.samples.entries()) {
    const node = tree.indexOf(id);
    const lines = byNode[node];
    if (lines === undefined)
      throw source.error(
        profile.place,
        `sample ${i} of its profile is of node ${JSON.stringify(id)}, which is not there`,
      );
    const given = numberOr(profile.lines[i], 0);
    const line = Number.isSafeInteger(given) && given > 0 ? given : 0;
    const known = lines.get(line) ?? { line, count: 0, nanos: 0 };
    lines.set(line, {
      line,
      count: known.count + 1,
      nanos: known.nanos + Math.round((micros[i] ?? 0) * 1000),
    });
  }
  return byNode.map((lines, node) => ({ node, lines: [...lines.values()] }));
}
