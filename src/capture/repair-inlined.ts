import type { Frame } from '../profile/builder.js';
import { divideTicks } from './divide-ticks.js';

/** A stack and how many ticks fell on it. */
export interface TickStack {
  /** Leaf first. */
  readonly stack: readonly Frame[];
  readonly ticks: number;
}

/** Stacks with inlined functions put back, and how many ticks that took. */
export interface RepairedStacks {
  readonly stacks: readonly TickStack[];
  /** Ticks of stacks that were not as the reference has them and could be told apart by their lines. */
  readonly repairedTicks: number;
  /** Ticks whose line lies in no function that the reference knows there, spread over what it has below their callers. */
  readonly spreadTicks: number;
}

/**
 * Puts inlined functions back into stacks. V8 takes code that was inlined for a part of the function it was inlined
 * into, but the line it gives is still that of the inlined code. Stacks taken without inlining say which
 * functions stand between, and how often each path was taken.
 *
 * B:4 calls f (f:9 calls g:20); seen with everything inlined into B, and without:
 *   B:20   6     B:4 f:9 g:20   6       a function's frames end with the line of what was inlined last
 *   B:9    3     B:4 f:9        3
 *   B:4    1     B:4            1
 *
 * @param seen - with inlining
 * @param reference - of the same program without inlining; weights of paths that lines cannot tell apart
 * @param holdsLine - whether a frame's line lies in its function
 */
export function repairInlined(
  seen: readonly TickStack[],
  reference: readonly TickStack[],
  holdsLine: (frame: Frame) => boolean,
): RepairedStacks {
  const paths = reference.filter(({ ticks }) => ticks > 0).map(toPath);
  const stacks: TickStack[] = [];
  let [repairedTicks, spreadTicks] = [0, 0];
  for (const one of seen) {
    const own = toPath(one);
    const found = findPaths(own, paths, holdsLine);
    if (found.kind === 'spread') spreadTicks += one.ticks;
    const shares =
      found.kind === 'kept' ? [{ path: own, ticks: one.ticks }] : divideTicks(one.ticks, found.paths);
    for (const { path, ticks } of shares) {
      if (found.kind === 'repaired' && path.key !== own.key) repairedTicks += ticks;
      stacks.push({ stack: [...path.frames].reverse(), ticks });
    }
  }
  return { stacks, repairedTicks, spreadTicks };
}

/** A stack from its root. */
interface Path {
  readonly frames: readonly Frame[];
  readonly ticks: number;
  readonly key: string;
}

type Found =
  | { readonly kind: 'kept' }
  | { readonly kind: 'repaired'; readonly paths: readonly Path[] }
  | { readonly kind: 'spread'; readonly paths: readonly Path[] };

function findPaths(seen: Path, paths: readonly Path[], holdsLine: (frame: Frame) => boolean): Found {
  const leaf = seen.frames.at(-1);
  // V8's own, garbage collection above all, was not inlined.
  if (leaf === undefined || leaf.file === '') return { kind: 'kept' };
  const exact = paths.filter((path) => isSeenAs(path, seen, 'all lines'));
  if (exact.length > 0) return { kind: 'repaired', paths: exact };
  const byLeaf = paths.filter((path) => isSeenAs(path, seen, 'line of the leaf'));
  if (byLeaf.length > 0) return { kind: 'repaired', paths: byLeaf };
  if (seen.frames.every(holdsLine)) return { kind: 'kept' };
  const below = paths.filter((path) => isSeenAs(path, seen, 'no line'));
  return below.length > 0 ? { kind: 'spread', paths: below } : { kind: 'kept' };
}

/** Which lines of a seen stack are to be those of a path. */
type Compared = 'all lines' | 'line of the leaf' | 'no line';

/**
 * Whether a path is seen as such a stack when some of its functions are inlined: cut into pieces, one for each
 * frame that is seen, each begins with that frame's function and ends with that frame's line.
 */
function isSeenAs(path: Path, seen: Path, compared: Compared): boolean {
  const fits = (at: number, from: number): boolean => {
    const frame = seen.frames[at];
    const first = path.frames[from];
    if (frame === undefined || first === undefined || !isSameFunction(first, frame)) return false;
    const isLeaf = at === seen.frames.length - 1;
    if (isLeaf) return compared === 'no line' || path.frames.at(-1)?.line === frame.line;
    for (let end = from; end < path.frames.length - 1; end++) {
      const isEnd = compared !== 'all lines' || path.frames[end]?.line === frame.line;
      if (isEnd && fits(at + 1, end + 1)) return true;
    }
    return false;
  };
  return fits(0, 0);
}

/** A function that could not be told by name and line may be any of its file. */
function isSameFunction(known: Frame, seen: Frame): boolean {
  if (known.file !== seen.file) return false;
  if (seen.startLine === 0 && seen.file !== '') return true;
  return known.name === seen.name && known.startLine === seen.startLine;
}

function toPath({ stack, ticks }: TickStack): Path {
  const frames = [...stack].reverse();
  return { frames, ticks, key: frames.map(frameKey).join('\n') };
}

function frameKey({ name, file, startLine, line }: Frame): string {
  return `${name}\0${file}\0${startLine}\0${line}`;
}
