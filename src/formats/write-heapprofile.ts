import { ProfError } from '../error.js';
import type { Profile } from '../profile/profile.js';
import { CpuprofileTree, type OutNode } from './cpuprofile-tree.js';
import { bytesPer } from './units.js';
import { WrittenStacks } from './written-stacks.js';

/** The most samples that are listed one by one. */
const maxSamples = 1_000_000;

/**
 * A profile as V8's `.heapprofile`, for the Memory panel of Chrome DevTools. Samples are listed where the
 * profile counts them. Labels, lines of calls and negative values are lost.
 *
 * @param sampleType - memory
 * @throws ProfError `usage` for a sample type that is not memory
 */
export function writeHeapprofile(profile: Profile, sampleType: number): string {
  const { samples, sampleTypes } = profile;
  const { type = '', unit = '' } = sampleTypes[sampleType] ?? {};
  const factor = bytesPer(unit);
  if (factor === undefined)
    throw new ProfError('usage', `"${type}" is counted in ${unit}: a .heapprofile holds memory`, {
      hint: 'Choose memory with `--sample-index`, or write `--to speedscope`, which takes any unit.',
    });
  const counts = samples.values[sampleTypes.findIndex((other) => other.type === 'samples')];
  const tree = new CpuprofileTree();
  const stacks = new WrittenStacks(profile);
  const sizes = new Map<number, number>();
  const listed: Listed[] = [];
  for (let i = 0; i < samples.count; i++) {
    const size = Math.round(Number(samples.values[sampleType]?.[i] ?? 0) * factor);
    if (size <= 0) continue;
    const id = tree.hit(stacks.of(i), 0);
    sizes.set(id, (sizes.get(id) ?? 0) + size);
    listed.push({ id, size, count: Number(counts?.[i] ?? 0) });
  }
  const head = formatTree(tree.nodes, sizes);
  return `{"head":${head}${counts === undefined ? '' : `,"samples":${formatSamples(listed)}`}}\n`;
}

interface Listed {
  readonly id: number;
  /** Of all samples together. */
  readonly size: number;
  readonly count: number;
}

/** The first node with those that it calls in it. No recursion: a chain of calls can be long. */
function formatTree(nodes: readonly OutNode[], sizes: ReadonlyMap<number, number>): string {
  const parts: string[] = [];
  const open = (id: number): { children: readonly number[]; next: number } => {
    const { callFrame = {}, children = [] } = nodes[id - 1] ?? {};
    const own = JSON.stringify({ callFrame, selfSize: sizes.get(id) ?? 0, id });
    parts.push(`${own.slice(0, -1)},"children":[`);
    return { children, next: 0 };
  };
  const path = [open(1)];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const child = at.children[at.next];
    if (child === undefined) {
      parts.push(']}');
      path.pop();
      continue;
    }
    if (at.next++ > 0) parts.push(',');
    path.push(open(child));
  }
  return parts.join('');
}

/** One entry per sample, of its stack's mean size; one per stack where there are too many. */
function formatSamples(listed: readonly Listed[]): string {
  const total = listed.reduce((sum, { count }) => sum + count, 0);
  let ordinal = 0;
  const entries = listed.flatMap(({ id, size, count }) => {
    const length = total > maxSamples ? Math.min(1, count) : count;
    return Array.from({ length }, () => ({
      size: Math.round(size / length),
      nodeId: id,
      ordinal: ++ordinal,
    }));
  });
  return JSON.stringify(entries);
}
