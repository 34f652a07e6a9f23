import { findFunctionAt, type SourceFunction } from '../source/functions.js';
import { placeOfHelper } from '../source/transform/call-helpers.js';
import { type CallLines, callLinesOf } from '../source/transform/call-lines.js';
import type { CpuFrame, CpuSite } from './cpu-record.js';

/**
 * Stacks as the program's: what `installCallLines` put into them is taken out, and callers get the line of the call.
 *
 *   f:1 $prof_call_7_5:99 g:20       f:7 g:20      a call that has a frame of its own
 *   f:1 h:30                         f:9 h:30      the one line on which f calls h
 *   $prof_call_7_5:99 g:20           f:7 g:20      whatever V8 lost: that call stands in f
 *
 * @param sites - of the inspector: callers have the line where they start
 */
export function foldCalls(sites: readonly CpuSite[]): CpuSite[] {
  return sites.map(({ stack, ticks }) => ({ stack: foldStack(stack), ticks }));
}

/** A frame in its original file. */
interface Placed {
  readonly frame: CpuFrame;
  readonly file: CallLines | undefined;
  readonly fn: SourceFunction | undefined;
}

function foldStack(stack: readonly CpuFrame[]): CpuFrame[] {
  const folded: Placed[] = [];
  /** Whether the last frame has the line of its call. */
  let isTold = true;
  for (const frame of stack) {
    const file = callLinesOf(frame.url);
    const helped = file === undefined ? undefined : placeOfHelper(frame.name);
    if (file !== undefined && helped !== undefined) {
      const owner = file.table.functionAround(helped);
      const last = folded.at(-1);
      if (last?.fn !== owner || last?.file !== file) folded.push(ownerOf(frame, file, owner));
      setLine(folded, helped.line);
      isTold = true;
      continue;
    }
    const placed = placeFrame(frame, file);
    if (!isTold) setLine(folded, lineOfCall(folded.at(-1), placed));
    folded.push(placed);
    isTold = false;
  }
  return folded.map(({ frame }) => frame);
}

function setLine(folded: Placed[], line: number | undefined): void {
  const last = folded.pop();
  if (last === undefined) return;
  folded.push(line === undefined ? last : { ...last, frame: { ...last.frame, line } });
}

function placeFrame(frame: CpuFrame, file: CallLines | undefined): Placed {
  if (file === undefined || frame.start === undefined) return { frame, file, fn: undefined };
  const start = file.places.original(frame.start);
  return { frame: { ...frame, start }, file, fn: findFunctionAt(file.table.functions, start) };
}

function ownerOf({ url, line }: CpuFrame, file: CallLines, fn: SourceFunction | undefined): Placed {
  const start = fn === undefined ? undefined : { line: fn.startLine, column: fn.startColumn };
  return { frame: { name: fn?.rawName ?? '', url, line, start }, file, fn };
}

function lineOfCall(caller: Placed | undefined, called: Placed): number | undefined {
  if (caller?.fn === undefined || caller.file === undefined) return undefined;
  const { table, helped } = caller.file;
  const start = caller.file === called.file ? called.frame.start : undefined;
  return table.lineOfCall(caller.fn, { name: called.frame.name, start }, (site) => helped.has(site));
}
