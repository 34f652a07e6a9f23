import { addCpuSamples, cpuBuilder } from './cpuprofile.js';
import type { Format } from './format.js';
import { badFile, isObject, type JsonObject, numberOf, numbersOf, objectsOf, textOf } from './json-shape.js';

/** Chrome's trace events, of which the CPU profiles are read; each thread's samples get a label. */
export const chromeTrace: Format = {
  name: 'trace',
  detects: ({ json }) => eventsOf(json).some(({ name }) => name === 'ProfileChunk' || name === 'CpuProfile'),
  decode: ({ json, name }) => {
    const profiles = joinChunks(eventsOf(json));
    if (profiles.length === 0) throw badFile(name, 'a trace without a CPU profile');
    const micros = Math.max(...profiles.map(({ timeDeltas }) => timeDeltas.reduce((a, b) => a + b, 0)));
    const builder = cpuBuilder(micros);
    for (const profile of profiles)
      addCpuSamples(builder, { ...profile }, { name, labels: { thread: profile.thread } });
    return builder.build();
  },
};

function eventsOf(json: unknown): JsonObject[] {
  if (Array.isArray(json)) return json.filter(isObject);
  return isObject(json) ? objectsOf(json, 'traceEvents') : [];
}

interface Joined {
  readonly thread: string;
  readonly nodes: JsonObject[];
  readonly samples: number[];
  readonly timeDeltas: number[];
}

/** A profile comes in pieces; those of one have the same process and id. */
function joinChunks(events: readonly JsonObject[]): Joined[] {
  const profiles = new Map<string, Joined>();
  for (const event of events) {
    const data = dataOf(event);
    const chunk = isObject(data['cpuProfile']) ? data['cpuProfile'] : undefined;
    if (chunk === undefined) continue;
    const key = `${numberOf(event, 'pid')}:${textOf(event, 'id') || numberOf(event, 'tid')}`;
    const profile = profiles.get(key) ?? {
      thread: String(numberOf(event, 'tid')),
      nodes: [],
      samples: [],
      timeDeltas: [],
    };
    profiles.set(key, profile);
    for (const node of objectsOf(chunk, 'nodes')) profile.nodes.push(node);
    for (const id of numbersOf(chunk, 'samples')) profile.samples.push(id);
    const deltas = numbersOf(data, 'timeDeltas');
    for (const delta of deltas.length > 0 ? deltas : numbersOf(chunk, 'timeDeltas'))
      profile.timeDeltas.push(delta);
  }
  return [...profiles.values()];
}

function dataOf(event: JsonObject): JsonObject {
  const args = isObject(event['args']) ? event['args'] : {};
  return isObject(args['data']) ? args['data'] : {};
}
