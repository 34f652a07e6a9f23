import type { Node } from '../graph/graph.js';
import { sortEdges } from '../graph/order.js';
import { samplesOf } from '../profile/samples.js';
import type { Picture } from './dot.js';
import type { FoldedStack } from './folded.js';
import { jsonHead } from './json.js';
import type { Listing } from './list.js';
import type { Report } from './report.js';
import type { TagTable } from './tags.js';
import type { TopTable } from './top.js';
import type { Traces } from './traces.js';
import type { Tree } from './tree.js';

/** `prof top --json`. */
export function topJson(report: Report, { labels, rows, unit }: TopTable): unknown {
  return { ...jsonHead(report), displayUnit: unit, labels, rows };
}

/** `prof tree --json` and `prof peek --json`. */
export function treeJson(report: Report, { labels, entries, unit }: Tree): unknown {
  return { ...jsonHead(report), displayUnit: unit, labels, entries };
}

/** `prof list --json` and `prof weblist --json`. */
export function listJson(report: Report, { functions }: Listing): unknown {
  const plain = functions.map(({ name, files }) => ({
    name,
    files: files.map(({ problem, ...file }) => ({ ...file, problem: problem ?? null })),
  }));
  return { ...jsonHead(report), functions: plain };
}

/** `prof traces --json`. */
export function tracesJson(report: Report, { labels, traces }: Traces): unknown {
  return { ...jsonHead(report), labels, traces };
}

/** `prof tags --json`. */
export function tagsJson(report: Report, { keys }: TagTable): unknown {
  return { ...jsonHead(report), keys };
}

/** `prof comments --json`. */
export function commentsJson(report: Report): unknown {
  return { ...jsonHead(report), comments: report.profile.comments };
}

/** `prof folded --json`. */
export function foldedJson(report: Report, stacks: readonly FoldedStack[]): unknown {
  return { ...jsonHead(report), stacks };
}

/** `prof dot --json` and `prof callgrind --json`: the graph itself. */
export function graphJson(
  report: Report,
  { labels, nodes, unit }: Pick<Picture, 'labels' | 'nodes' | 'unit'>,
): unknown {
  const ids = new Map<Node, number>(nodes.map((node, i) => [node, i]));
  const edges = sortEdges(nodes.flatMap(({ out }) => [...out.values()])).flatMap((edge) => {
    const [from, to] = [ids.get(edge.src), ids.get(edge.dest)];
    if (from === undefined || to === undefined) return [];
    return [{ from, to, weight: edge.weight, residual: edge.residual, inline: edge.inline }];
  });
  const plain = nodes.map(({ name, flatValue, cumValue }) => ({ name, flat: flatValue, cum: cumValue }));
  return { ...jsonHead(report), displayUnit: unit, labels, nodes: plain, edges };
}

/** `prof raw --json`: the whole profile, spelled out. */
export function rawJson(report: Report): unknown {
  const { profile } = report;
  return {
    ...jsonHead(report),
    sampleTypes: profile.sampleTypes,
    defaultSampleType: profile.defaultSampleType,
    comments: profile.comments,
    docUrl: profile.docUrl,
    timeNanos: profile.timeNanos,
    durationNanos: profile.durationNanos,
    periodType: profile.periodType,
    period: profile.period,
    mappings: profile.mappings,
    samples: [...samplesOf(profile)],
  };
}
