import { type Frame, ProfileBuilder } from '../profile/builder.js';
import type { Format } from './format.js';
import { badFile, isObject, type JsonObject, numberOf, numbersOf, objectsOf } from './json-shape.js';
import { v8Frame } from './v8-frame.js';

/** V8's `.cpuprofile`: a tree of calls, the samples that hit its nodes, and the time between them. */
export const cpuprofile: Format = {
  name: 'cpuprofile',
  detects: ({ json }) => isObject(json) && Array.isArray(json['nodes']) && 'startTime' in json,
  decode: ({ json, name }) => {
    if (!isObject(json)) throw badFile(name, 'no .cpuprofile');
    const builder = cpuBuilder(numberOf(json, 'endTime') - numberOf(json, 'startTime'));
    addCpuSamples(builder, json, { name, labels: {} });
    return builder.build();
  },
};

/** A builder for CPU samples of V8. @param micros - how long was sampled */
export function cpuBuilder(micros: number): ProfileBuilder {
  return new ProfileBuilder({
    sampleTypes: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    defaultSampleType: 'cpu',
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    durationNanos: Math.max(0, micros) * 1000,
    comments: ['prof: no call lines'],
  });
}

interface CallNode {
  readonly raw: JsonObject;
  parent: CallNode | undefined;
  samples: number;
  micros: number;
}

/** Adds the samples of a profile, idle time left out. */
export function addCpuSamples(
  builder: ProfileBuilder,
  json: JsonObject,
  { name, labels }: { name: string; labels: Readonly<Record<string, string>> },
): void {
  const nodes = readNodes(json, name);
  countSamples(nodes, json, name);
  for (const node of nodes.values()) {
    const stack = stackOf(node);
    if (node.samples === 0 || stack.length === 0 || stack[0]?.name === '(idle)') continue;
    for (const { line, share } of linesOf(node)) {
      const values = [Math.round(node.samples * share), Math.round(node.micros * share * 1000)];
      const leaf = stack[0]?.file === '' || line === undefined ? stack[0] : { ...stack[0], line };
      builder.addSample([leaf, ...stack.slice(1)] as Frame[], values, labels);
    }
  }
}

function readNodes(json: JsonObject, name: string): Map<number, CallNode> {
  const nodes = new Map<number, CallNode>();
  for (const raw of objectsOf(json, 'nodes'))
    nodes.set(numberOf(raw, 'id'), { raw, parent: undefined, samples: 0, micros: 0 });
  for (const node of nodes.values()) {
    const parent = nodes.get(numberOf(node.raw, 'parent'));
    if (parent !== undefined) node.parent = parent;
    for (const id of numbersOf(node.raw, 'children')) {
      const child = nodes.get(id);
      if (child === undefined)
        throw badFile(name, `node ${numberOf(node.raw, 'id')} calls node ${id}, which is not there`);
      child.parent = node;
    }
  }
  for (const node of nodes.values()) checkRoot(node, nodes.size, name);
  return nodes;
}

/** A chain of callers that is longer than there are nodes is a circle. */
function checkRoot(node: CallNode, limit: number, name: string): void {
  let depth = 0;
  for (let at: CallNode | undefined = node; at !== undefined; at = at.parent)
    if (depth++ > limit) throw badFile(name, `node ${numberOf(node.raw, 'id')} is among its own callers`);
}

/** The time between two samples belongs to the first of them. */
function countSamples(nodes: Map<number, CallNode>, json: JsonObject, name: string): void {
  const ids = numbersOf(json, 'samples');
  const deltas = numbersOf(json, 'timeDeltas');
  if (ids.length === 0) {
    for (const node of nodes.values()) node.samples = numberOf(node.raw, 'hitCount');
    const duration = numberOf(json, 'endTime') - numberOf(json, 'startTime');
    const all = [...nodes.values()].reduce((sum, { samples }) => sum + samples, 0);
    for (const node of nodes.values()) node.micros = all === 0 ? 0 : (node.samples / all) * duration;
    return;
  }
  const average = deltas.length < 2 ? 0 : deltas.slice(1).reduce((a, b) => a + b, 0) / (deltas.length - 1);
  for (const [i, id] of ids.entries()) {
    const node = nodes.get(id);
    if (node === undefined) throw badFile(name, `sample ${i} is of node ${id}, which is not there`);
    node.samples++;
    node.micros += Math.max(0, deltas[i + 1] ?? average);
  }
}

/** The frames from a node to the root, which stands for the program and is left out. */
function stackOf(node: CallNode): Frame[] {
  const stack: Frame[] = [];
  for (let at: CallNode | undefined = node; at?.parent !== undefined; at = at.parent)
    stack.push(v8Frame(at.raw));
  return stack;
}

/** The lines that a node's samples fell on, with their shares. */
function linesOf({ raw }: CallNode): { line: number | undefined; share: number }[] {
  const ticks = objectsOf(raw, 'positionTicks');
  const all = ticks.reduce((sum, tick) => sum + numberOf(tick, 'ticks'), 0);
  if (all <= 0) return [{ line: undefined, share: 1 }];
  return ticks.map((tick) => ({ line: numberOf(tick, 'line'), share: numberOf(tick, 'ticks') / all }));
}
