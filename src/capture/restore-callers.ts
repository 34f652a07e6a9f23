import { CallTables } from './call-tables.js';
import type { CpuFrame, CpuProfiler, CpuRecord, CpuSite } from './cpu-record.js';
import { divideTicks } from './divide-ticks.js';

/**
 * Puts back callers that V8 has lost: a tick in the first or last instructions of a function, where its frame is not
 * there yet or no longer, shows what it was called by without the one in between. The text tells that a function
 * calls no such other there; other ticks tell what stands between, and are divided alike.
 *
 *   B:4 f:9 g:20  8      B:4 f:9 g:20  10      line 4 of B calls f, and no g
 *   B:4 g:20      2
 *
 * @param sites - of code that is not inlined
 */
export function restoreCallers(sites: readonly CpuSite[]): CpuSite[] {
  const tables = new CallTables();
  const between = betweenOf(sites);
  return sites.flatMap((site) => {
    const [called, caller] = [site.stack.at(-1), site.stack.at(-2)];
    if (called === undefined || caller === undefined) return [site];
    const known = between.get(pairKey(caller, called));
    if (known === undefined || tables.mayCall(caller, called)) return [site];
    const paths = pathsFrom(known, caller);
    if (paths.length === 0) return [site];
    const callers = site.stack.slice(0, -2);
    return divideTicks(site.ticks, paths).map(({ path, ticks }) => ({
      stack: [...callers, ...path.frames, called],
      ticks,
    }));
  });
}

/** Two frames that were seen above a function: its caller, and the one above. */
interface Path {
  readonly frames: readonly [above: CpuFrame, caller: CpuFrame];
  ticks: number;
}

/** For each function and the one above its caller: what was seen of them, by their lines. */
function betweenOf(sites: readonly CpuSite[]): Map<string, Map<string, Path>> {
  const between = new Map<string, Map<string, Path>>();
  for (const { stack, ticks } of sites) {
    const [called, caller, above] = [stack.at(-1), stack.at(-2), stack.at(-3)];
    if (called === undefined || caller === undefined || above === undefined) continue;
    const key = pairKey(above, called);
    const paths = between.get(key) ?? new Map<string, Path>();
    between.set(key, paths);
    const pathKey = `${above.line} ${functionKey(caller)} ${caller.line}`;
    const path = paths.get(pathKey);
    if (path === undefined) paths.set(pathKey, { frames: [above, caller], ticks });
    else path.ticks += ticks;
  }
  return between;
}

function pairKey(above: CpuFrame, called: CpuFrame): string {
  return `${functionKey(above)} > ${functionKey(called)}`;
}

function functionKey({ name, url, start }: CpuFrame): string {
  return `${name} ${url} ${start?.line}:${start?.column}`;
}

/** Those from the caller's line; from all where it is not known. */
function pathsFrom(known: ReadonlyMap<string, Path>, caller: CpuFrame): Path[] {
  const all = [...known.values()];
  return caller.line === caller.start?.line
    ? all
    : all.filter(({ frames }) => frames[0].line === caller.line);
}

/** A profiler of code that is not inlined, with the callers put back that V8 loses. */
export class RestoringCpuProfiler implements CpuProfiler {
  readonly callLines: boolean;
  readonly #profiler: CpuProfiler;

  constructor(profiler: CpuProfiler) {
    this.#profiler = profiler;
    this.callLines = profiler.callLines;
  }

  start(): void {
    this.#profiler.start();
  }

  stop(): CpuRecord {
    const record = this.#profiler.stop();
    return { ...record, sites: restoreCallers(record.sites) };
  }
}
