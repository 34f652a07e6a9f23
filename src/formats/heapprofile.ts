import { type Frame, ProfileBuilder } from '../profile/builder.js';
import type { Format } from './format.js';
import { badFile, isObject, type JsonObject, numberOf, objectsOf } from './json-shape.js';
import { v8Frame } from './v8-frame.js';

/** V8's `.heapprofile`: a tree of calls with the bytes that each allocated. */
export const heapprofile: Format = {
  name: 'heapprofile',
  detects: ({ json }) => isObject(json) && isObject(json['head']) && 'selfSize' in json['head'],
  decode: ({ json, name }) => {
    if (!isObject(json) || !isObject(json['head'])) throw badFile(name, 'no .heapprofile');
    const builder = new ProfileBuilder({
      sampleTypes: [
        { type: 'inuse_objects', unit: 'count' },
        { type: 'inuse_space', unit: 'bytes' },
      ],
      defaultSampleType: 'inuse_space',
      periodType: { type: 'space', unit: 'bytes' },
    });
    addNodes(builder, json['head'], objectCounts(json));
    return builder.build();
  },
};

/** Sampled objects by node. */
function objectCounts(json: JsonObject): Map<number, number> {
  const counts = new Map<number, number>();
  for (const sample of objectsOf(json, 'samples')) {
    const id = numberOf(sample, 'nodeId');
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Goes down the tree without recursion: a file may nest deeper than the stack is. */
function addNodes(builder: ProfileBuilder, head: JsonObject, counts: Map<number, number>): void {
  const pending: { node: JsonObject; callers: readonly Frame[] }[] = [{ node: head, callers: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, callers } = next;
    const stack = node === head ? [] : [v8Frame(node), ...callers];
    const size = Math.round(numberOf(node, 'selfSize'));
    if (size > 0 && stack.length > 0) builder.addSample(stack, [counts.get(numberOf(node, 'id')) ?? 0, size]);
    for (const child of objectsOf(node, 'children').reverse()) pending.push({ node: child, callers: stack });
  }
}
