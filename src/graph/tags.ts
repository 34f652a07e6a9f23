import { numberLabels, textLabels } from '../profile/labels.js';
import type { Profile } from '../profile/profile.js';
import { compareBytes } from '../text/order.js';
import { scaledLabel } from '../unit/scale.js';
import { abs64 } from './accumulator.js';
import type { Graph, Node, Sums, Tag } from './graph.js';

/** The labels of one sample as a graph shows them. */
export interface SampleTags {
  /** Text labels, `key:value`, sorted, with `\n` between; empty for none. */
  readonly text: string;
  /** Sizes in bytes: the only numbers that a graph shows. */
  readonly sizes: readonly { readonly name: string; readonly unit: string; readonly value: bigint }[];
}

/** How numbers of labels are printed. */
export interface TagFormat {
  /** Units of numeric labels by key. */
  readonly units: ReadonlyMap<string, string>;
  readonly outputUnit: string;
}

/** The labels of sample i, or undefined where it has none to show. */
function sampleTags(profile: Profile, i: number, format: TagFormat): SampleTags | undefined {
  const { start } = profile.samples.labels;
  if (start[i] === start[i + 1]) return undefined;
  const text = [...textLabels(profile, i)]
    .filter(([key]) => key !== 'pprof::base')
    .flatMap(([key, values]) => values.map((value) => `${key}:${value}`))
    .sort(compareBytes)
    .join('\\n');
  const unit = format.units.get('bytes') ?? 'bytes';
  const values = numberLabels(profile, i).get('bytes')?.values ?? [];
  const sizes = values.map((value) => ({
    name: scaledLabel(Number(value), unit, format.outputUnit),
    unit,
    value,
  }));
  return { text, sizes };
}

/** What one sample adds to the tags of a node. */
export interface TagWeight {
  readonly value: bigint;
  readonly divisor: bigint;
  /** Whether it was spent in the node itself, not in what it calls. */
  readonly isFlat: boolean;
}

/** Adds a sample to the tags of a node. */
function addTags(node: Node, tags: SampleTags, weight: TagWeight): void {
  if (tags.text !== '')
    addWeight(getOrInsertTag(node.labelTags, { name: tags.text, unit: '', value: 0n }), weight);
  if (tags.sizes.length === 0) return;
  const group = node.numericTags.get(tags.text) ?? new Map<string, Tag>();
  node.numericTags.set(tags.text, group);
  for (const size of tags.sizes) addWeight(getOrInsertTag(group, size), weight);
}

function getOrInsertTag(tags: Map<string, Tag>, tag: Pick<Tag, 'name' | 'unit' | 'value'>): Tag {
  const known = tags.get(tag.name);
  if (known !== undefined) return known;
  const made: Tag = { ...tag, flat: 0n, cum: 0n, flatDivisor: 0n, cumDivisor: 0n };
  tags.set(tag.name, made);
  return made;
}

function addWeight(sums: Sums, { value, divisor, isFlat }: TagWeight): void {
  if (isFlat) {
    sums.flat = BigInt.asIntN(64, sums.flat + value);
    sums.flatDivisor = BigInt.asIntN(64, sums.flatDivisor + divisor);
  } else {
    sums.cum = BigInt.asIntN(64, sums.cum + value);
    sums.cumDivisor = BigInt.asIntN(64, sums.cumDivisor + divisor);
  }
}

/** Takes tags out of a graph's nodes that weigh less than the cutoff. */
export function trimTagsInPlace(graph: Graph, cutoff: bigint): void {
  const heavy = (tags: Map<string, Tag>): Map<string, Tag> =>
    new Map([...tags].filter(([, tag]) => abs64(tag.flat) >= cutoff || abs64(tag.cum) >= cutoff));
  for (const node of graph.nodes) {
    node.labelTags = heavy(node.labelTags);
    node.numericTags = new Map([...node.numericTags].map(([text, tags]) => [text, heavy(tags)]));
  }
}

/** Tags by weight, then name. */
export function compareTags(by: 'flat' | 'cum'): (a: Tag, b: Tag) => number {
  return (a, b) => {
    if (by === 'cum' && a.cum !== b.cum) return compareMagnitudes(a.cum, b.cum);
    if (a.flat !== b.flat) return compareMagnitudes(a.flat, b.flat);
    return compareBytes(a.name, b.name);
  };
}

function compareMagnitudes(a: bigint, b: bigint): number {
  const [x, y] = [abs64(a), abs64(b)];
  return x > y ? -1 : x < y ? 1 : 0;
}

/** Adds the labels of all samples to the nodes of a graph. */
export function tagNodes(
  profile: Profile,
  nodesOf: (sample: number) => { nodes: Iterable<Node>; leaf: Node | undefined },
  {
    format,
    weightOf,
  }: { format: TagFormat; weightOf: (sample: number) => { value: bigint; divisor: bigint } },
): void {
  for (let i = 0; i < profile.samples.count; i++) {
    const tags = sampleTags(profile, i, format);
    if (tags === undefined) continue;
    const weight = weightOf(i);
    if (weight.value === 0n && weight.divisor === 0n) continue;
    const { nodes, leaf } = nodesOf(i);
    for (const node of nodes) addTags(node, tags, { ...weight, isFlat: false });
    if (leaf !== undefined) addTags(leaf, tags, { ...weight, isFlat: true });
  }
}
