import type { CpuFrame } from '../cpu-record.js';

/** Frames that a stack has at most; deeper ones lose their roots. */
const maxFrames = 64;

type Sites = readonly NodeJS.CallSite[];
const asSites = (_error: Error, sites: NodeJS.CallSite[]): Sites => sites;

/**
 * The stack of this thread, leaf first: the frames below `above`, and of an async function that has gone on after
 * an `await` those that await it.
 *
 * @param above - the innermost function that is left out
 */
export function readStack(above: (...args: never[]) => unknown): readonly CpuFrame[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: Sites } = {};
  Error.prepareStackTrace = asSites;
  Error.stackTraceLimit = maxFrames;
  try {
    Error.captureStackTrace(holder, above);
    return (holder.stack ?? []).flatMap((site) => frameOf(site) ?? []);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Error.prepareStackTrace = prepareStackTrace;
  }
}

/** What runs callbacks and lets functions go on: which of its functions did is a matter of what else was due. */
const runners = new Set(['node:internal/process/task_queues', 'node:internal/timers']);

/** A frame as V8's profilers have it; undefined for V8's own functions such as `Array.map`, which have no script, and for runners. */
function frameOf(site: NodeJS.CallSite): CpuFrame | undefined {
  const url = site.getFileName() ?? site.getScriptNameOrSourceURL();
  if (!url || runners.has(url)) return undefined;
  const [line, column] = [site.getLineNumber() ?? 0, site.getColumnNumber() ?? undefined];
  return { name: site.getFunctionName() ?? '', url, line, column, start: undefined };
}
