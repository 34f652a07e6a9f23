import { mean, type Node, type Tag } from '../graph/graph.js';
import { compareTags } from '../graph/tags.js';
import { maxTagsPerNode } from '../graph/trim-picture.js';
import { autoLabel, scale } from '../unit/scale.js';
import { quotedDot } from './escape-dot.js';
import type { FormatValue } from './report.js';

/** Boxes for the labels of a node, with edges to them; empty where there are none. */
export function formatTagBoxes(node: Node, id: number, format: FormatValue): string {
  // A leaf also shows what its callees, left out of the picture, were labelled with.
  const by = node.out.size > 0 ? 'flat' : 'cum';
  const sizes = new Map([...node.numericTags].map(([text, tags]) => [text, [...tags.values()]]));
  const texts = [...node.labelTags.values()].sort(compareTags(by)).slice(0, maxTagsPerNode);
  const boxes = texts.map((tag, i) => {
    const weight = by === 'flat' ? mean(tag.flat, tag.flatDivisor) : mean(tag.cum, tag.cumDivisor);
    if (weight === 0n) return '';
    const box = `N${id}_${i}`;
    return [
      `${box} [label = "${tagLabel(tag)}" id="${box}" fontsize=8 shape=box3d tooltip="${format(weight)}"]\n`,
      edgeTo(`N${id}`, box, format(weight)),
      formatSizes(sizes.get(tag.name) ?? [], { by, box, format }),
    ].join('');
  });
  return boxes.join('') + formatSizes(sizes.get('') ?? [], { by, box: `N${id}`, format });
}

/** What a box says; the `\\n` between several labels is graphviz's. */
function tagLabel({ name }: Tag): string {
  return name.split('\\n').map(quotedDot).join('\\n');
}

function edgeTo(from: string, to: string, weight: string, style = ''): string {
  return `${from} -> ${to} [label=" ${weight}" weight=100 tooltip="${weight}" labeltooltip="${weight}"${style}]\n`;
}

interface SizePlace {
  readonly by: 'flat' | 'cum';
  /** The box that the sizes hang on. */
  readonly box: string;
  readonly format: FormatValue;
}

function formatSizes(tags: readonly Tag[], { by, box, format }: SizePlace): string {
  return collapse(tags, by)
    .map((tag, i) => {
      const [flat, cum] = [mean(tag.flat, tag.flatDivisor), mean(tag.cum, tag.cumDivisor)];
      const isFlat = by === 'flat' || flat === cum;
      const weight = isFlat ? flat : cum;
      if (weight === 0n) return '';
      const own = `N${box}_${i}`;
      return [
        `${own} [label = "${tagLabel(tag)}" id="${own}" fontsize=8 shape=box3d tooltip="${format(weight)}"]\n`,
        edgeTo(box, own, format(weight), isFlat ? '' : ' style="dotted"'),
      ].join('');
    })
    .join('');
}

/** At most four sizes: the heaviest, each of the others joined with the nearest of them. */
function collapse(tags: readonly Tag[], by: 'flat' | 'cum'): Tag[] {
  const sorted = [...tags].sort(compareTags(by));
  if (sorted.length <= maxTagsPerNode) return sorted;
  const groups = sorted.slice(0, maxTagsPerNode).map((tag): [Tag, ...Tag[]] => [tag]);
  for (const tag of sorted.slice(maxTagsPerNode)) {
    const distances = groups.map(([first]) => distance(tag, first));
    // The nearest, the first of several.
    groups[distances.indexOf(Math.min(...distances))]?.push(tag);
  }
  return groups.map(joinTags).sort(compareTags(by));
}

function distance(tag: Tag, other: Tag): number {
  return Math.abs(Number(tag.value) - scale(Number(other.value), other.unit, tag.unit).value);
}

function joinTags(group: readonly [Tag, ...Tag[]]): Tag {
  const [first, ...others] = group;
  const sums = { flat: 0n, cum: 0n, flatDivisor: 0n, cumDivisor: 0n };
  for (const tag of group) {
    for (const key of ['flat', 'cum', 'flatDivisor', 'cumDivisor'] as const)
      sums[key] = BigInt.asIntN(64, sums[key] + tag[key]);
  }
  const valueIn = (tag: Tag, { unit }: Tag): bigint =>
    BigInt(Math.trunc(scale(Number(tag.value), tag.unit, unit).value));
  let [least, most] = [first, first];
  for (const tag of others) {
    if (valueIn(tag, least) < least.value) least = tag;
    if (valueIn(tag, most) > most.value) most = tag;
  }
  const ends = others.length === 0 ? [first] : [least, most];
  return {
    ...{
      name: ends.map(({ value, unit }) => autoLabel(Number(value), unit)).join('..'),
      unit: '',
      value: 0n,
    },
    ...{ flat: mean(sums.flat, sums.flatDivisor), cum: mean(sums.cum, sums.cumDivisor) },
    ...{ flatDivisor: 0n, cumDivisor: 0n },
  };
}
