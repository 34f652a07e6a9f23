/** The part of a profiler's frame that tells whose it is. */
export interface OwnedFrame {
  readonly name: string;
  /** Path, URL or `node:` name; empty for V8's own. */
  readonly url: string;
}

/** A stack, root first, and what it cost. */
export interface RawStack<F extends OwnedFrame> {
  readonly frames: readonly F[];
  readonly values: readonly number[];
  /** What else is known of it; handed on. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A stack that starts at the benchmark. */
export interface RootedStack<F extends OwnedFrame> extends RawStack<F> {
  /** Whether the benchmark was not on the stack: its frame is then that of another stack, and its line says nothing. */
  readonly isRootAdded: boolean;
}

/** Which frames belong to the harness. */
export interface Harness {
  /** Whether a script is part of it. */
  isHarness(url: string): boolean;
  /** The benchmark function's own name; undefined or empty where it has none. */
  readonly benchmark?: string | undefined;
}

/**
 * Stacks that start at the benchmark: frames of the harness, of tinybench and of Node's loader are
 * taken out, what the harness itself cost is dropped. What has no caller is given the benchmark as
 * its root: code that runs on after an `await` or in a callback, and what V8 does meanwhile
 * (garbage collection, native code), which is the benchmark's doing while nothing else runs.
 *
 * samples (root first)                      becomes
 *   processImmediate drive callBenchmark B f    B f
 *   processTicks f                              B f
 *   processTicks drive                          (dropped)
 *   (garbage collector)                         B (garbage collector)
 *
 * @param stacks - of one benchmark
 */
export function rootStacks<F extends OwnedFrame>(
  stacks: readonly RawStack<F>[],
  harness: Harness,
): RootedStack<F>[] {
  const root = benchmarkFrame(stacks, harness);
  const rooted: RootedStack<F>[] = [];
  for (const stack of stacks) {
    const { frames } = stack;
    const kept = rootStack(frames, root, harness);
    const isRootAdded = root !== undefined && kept[0] === root && !frames.includes(root);
    if (kept.length > 0) rooted.push({ ...stack, frames: kept, isRootAdded });
  }
  return rooted;
}

function rootStack<F extends OwnedFrame>(
  frames: readonly F[],
  root: F | undefined,
  harness: Harness,
): readonly F[] {
  const own = (frame: F): boolean => !harness.isHarness(frame.url);
  const at = frames.findIndex((frame) => root !== undefined && sameFunction(frame, root));
  if (at >= 0) return frames.slice(at).filter(own);
  if (frames.some((frame) => harness.isHarness(frame.url))) return [];
  return root === undefined ? frames : [root, ...frames];
}

/**
 * The benchmark's frame: the one by its name, else the one that most often stands just below the
 * harness. An asynchronous benchmark has the harness above it in its first call only.
 */
function benchmarkFrame<F extends OwnedFrame>(
  stacks: readonly RawStack<F>[],
  harness: Harness,
): F | undefined {
  const named = mostFrequent(stacks, (frames) => frames.find(({ name }) => name === harness.benchmark));
  if (harness.benchmark && named !== undefined) return named;
  return mostFrequent(stacks, (frames) => frames[belowHarness(frames, harness)]);
}

/** The frame that `pick` takes out of stacks of the greatest weight; scripts of users only. */
function mostFrequent<F extends OwnedFrame>(
  stacks: readonly RawStack<F>[],
  pick: (frames: readonly F[]) => F | undefined,
): F | undefined {
  const weights = new Map<string, { frame: F; weight: number }>();
  for (const { frames, values } of stacks) {
    const frame = pick(frames);
    // What the harness itself calls of Node and V8, its clock above all, is no benchmark.
    if (frame === undefined || frame.url === '' || frame.url.startsWith('node:')) continue;
    const key = `${frame.url} ${frame.name}`;
    const known = weights.get(key) ?? { frame, weight: 0 };
    known.weight += values[0] ?? 0;
    weights.set(key, known);
  }
  return [...weights.values()].sort((a, b) => b.weight - a.weight)[0]?.frame;
}

/** Index of the first frame that the harness has called; -1 where there is none. */
function belowHarness(frames: readonly OwnedFrame[], harness: Harness): number {
  const first = frames.findIndex(({ url }) => harness.isHarness(url));
  return first < 0 ? -1 : frames.findIndex(({ url }, i) => i > first && !harness.isHarness(url));
}

function sameFunction(a: OwnedFrame, b: OwnedFrame): boolean {
  return a.name === b.name && a.url === b.url;
}
