import { toInt64 } from '../graph/accumulator.js';
import { trimmedGraph } from '../graph/trim.js';
import { noLabels } from '../profile/edit-samples.js';
import type { Profile, ValueColumn } from '../profile/profile.js';
import { StringTable } from '../profile/strings.js';
import { ValueColumnBuilder } from '../profile/value-columns.js';
import { scale } from '../unit/scale.js';
import { graphSource } from './graph-source.js';
import { outputUnit } from './output-unit.js';
import type { Report } from './report.js';

/** The profile that a report's filters leave, divided as asked for. */
export function reportProfile({ profile, options }: Report): Profile {
  const ratio = 1 / options.divideBy;
  if (!(ratio > 0) || ratio === 1) return profile;
  const values = profile.samples.values.map((column) => divideColumn(column, ratio));
  return { ...profile, samples: { ...profile.samples, values } };
}

function divideColumn(column: ValueColumn, ratio: number): ValueColumn {
  const builder = new ValueColumnBuilder(column.length);
  for (let i = 0; i < column.length; i++) builder.setInt64(i, Math.trunc(Number(column[i]) * ratio));
  return builder.build(column.length);
}

/** A profile of the functions that cost most, each a sample of its own with its cum and flat. */
export function topProfile(report: Report): Profile {
  const { options, sampleType } = report;
  const { nodes } = trimmedGraph(graphSource(report, false), {
    ...options,
    order: options.sort,
    edges: false,
  });
  const unit = outputUnit(report, nodes);
  const cost = (value: bigint): number => Number(toInt64(scale(Number(value), sampleType.unit, unit).value));
  const count = nodes.length;
  const funcs = new Map<string, number>();
  const funcOf = nodes.map(({ info: { name, file, startLine } }) => {
    const key = JSON.stringify([name, file, startLine]);
    const known = funcs.get(key) ?? funcs.size;
    funcs.set(key, known);
    return known;
  });
  const strings = new StringTable();
  const { timeNanos, durationNanos, periodType, period } = report.profile;
  const [cum, flat] = [new ValueColumnBuilder(count), new ValueColumnBuilder(count)];
  for (const [i, node] of nodes.entries()) {
    cum.setInt64(i, cost(node.cumValue));
    flat.setInt64(i, cost(node.flatValue));
  }
  const ids = (length: number): BigUint64Array => BigUint64Array.from({ length }, (_, i) => BigInt(i + 1));
  const oneEach = Uint32Array.from({ length: count + 1 }, (_, i) => i);
  const keys = [...funcs.keys()].map(
    (key) => JSON.parse(key) as [name: string, file: string, startLine: number],
  );
  return {
    sampleTypes: [
      { type: 'cum', unit },
      { type: 'flat', unit },
    ],
    ...{ timeNanos, durationNanos, periodType, period, strings },
    ...{ defaultSampleType: '', comments: [], docUrl: '', dropFrames: '', keepFrames: '', mappings: [] },
    samples: {
      ...{ count, start: oneEach, stack: oneEach.subarray(0, count), labels: noLabels(count) },
      values: [cum.build(count), flat.build(count)],
    },
    locations: {
      ...{ count, id: ids(count), lineStart: oneEach, lineFunc: Uint32Array.from(funcOf) },
      address: BigUint64Array.from(nodes, ({ info }) => info.address),
      mapping: new Int32Array(count).fill(-1),
      isFolded: new Uint8Array(count),
      lineNumber: Float64Array.from(nodes, ({ info }) => info.line),
      lineColumn: Float64Array.from(nodes, ({ info }) => info.column),
    },
    funcs: {
      ...{ count: keys.length, id: ids(keys.length), systemName: new Uint32Array(keys.length) },
      name: Uint32Array.from(keys, ([name]) => strings.getOrInsert(name)),
      file: Uint32Array.from(keys, ([, file]) => strings.getOrInsert(file)),
      startLine: Float64Array.from(keys, ([, , startLine]) => startLine),
    },
  };
}
