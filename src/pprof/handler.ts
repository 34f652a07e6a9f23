import type { IncomingMessage, ServerResponse } from 'node:http';
import { defaultBlockRate } from '../capture/block/block-rate.js';
import type { ProgramFacts } from '../capture/program-profile.js';
import { heapRecorded } from '../capture/recorders.js';
import { hasAwaitCalls } from '../source/transform/await-slot.js';
import {
  AnswerError,
  answerError,
  answerProfile,
  answerText,
  checkDuration,
  mountName,
  pathBehindMount,
  secondsOf,
} from './answer.js';
import { BusyError, Turn } from './busy.js';
import { profileCpu } from './cpu-window.js';
import { type EncodeJob, encode } from './encode.js';
import { indexHtml, indexText } from './index-page.js';
import { MemoryWatch } from './memory.js';
import { threadsText } from './threads-text.js';
import { profileWaits } from './wait-window.js';

/** What answers a request; resolves when it is answered, and never rejects. */
export type PprofHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** How to make a handler. */
export interface PprofOptions {
  /** Mean bytes allocated between two samples, as Go's MemProfileRate (524288); 0 for no memory profiles. */
  readonly memProfileRate?: number;
  /**
   * In block profiles waits of so many nanoseconds and more are all recorded, and a share of shorter ones, as Go's
   * SetBlockProfileRate (1: all).
   */
  readonly blockProfileRate?: number;
}

/** How long to record where a request does not say. */
const standardSeconds = 30;
const goMemProfileRate = 512 * 1024;

const cpuTurn = new Turn('cpu');
const memoryTurn = new Turn('memory');
const waitTurns = { block: new Turn('block'), mutex: new Turn('mutex') } as const;

/**
 * A handler for `/debug/pprof/`, as that of Go's net/http/pprof: the index, `profile`, `heap`, `allocs`, `block`, `mutex`,
 * `threads` and `cmdline`. Works with `node:http` and wherever Node's own request and response are at hand, also where
 * the path of the mount is cut off, as Express does. Samples this thread's memory from now on.
 *
 * Whoever can reach it can read names and paths of the program and slow it down: do not offer it to
 * the public.
 */
export function makePprofHandler(options: PprofOptions = {}): PprofHandler {
  const rate = options.memProfileRate ?? goMemProfileRate;
  const memory = rate > 0 && !(heapRecorded in globalThis) ? new MemoryWatch(rate) : undefined;
  const blockRate = options.blockProfileRate ?? defaultBlockRate;
  return async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      await answer(request, response, { memory, blockRate, signal: gone.signal });
    } catch (error) {
      if (gone.signal.aborted || response.headersSent) response.destroy();
      else answerError(response, ...problemOf(error));
    }
  };
}

function problemOf(error: unknown): [status: number, message: string] {
  if (error instanceof AnswerError) return [error.status, error.message];
  const message = error instanceof Error ? error.message : String(error);
  return [500, error instanceof BusyError ? `Could not enable profiling: ${message}` : message];
}

interface Context {
  readonly memory: MemoryWatch | undefined;
  readonly blockRate: number;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    throw new AnswerError(405, 'Method Not Allowed');
  }
  const name = pathBehindMount(request);
  switch (name) {
    case undefined:
      // Links of the index are relative to it.
      response.writeHead(301, { Location: `./${encodeURIComponent(mountName(request))}/` }).end();
      return;
    case '':
      return answerIndex(request, response);
    case 'cmdline':
      return answerText(
        response,
        'plain',
        [process.execPath, ...process.execArgv, ...process.argv.slice(1)].join('\0'),
      );
    case 'threads':
      return answerText(response, 'plain', threadsText());
    case 'profile':
    case 'heap':
    case 'allocs':
    case 'block':
    case 'mutex': {
      const seconds = secondsOf(request);
      if (name !== 'heap') checkDuration(request, seconds ?? standardSeconds);
      const work = { name, seconds, ...context } as const;
      const job = request.method === 'HEAD' ? undefined : await record(work);
      answerProfile(response, name, job === undefined ? undefined : await encode(job));
      return;
    }
    default:
      throw new AnswerError(404, 'Unknown profile');
  }
}

function answerIndex(request: IncomingMessage, response: ServerResponse): void {
  const accept = request.headers.accept ?? '';
  const isText = accept.includes('text/plain') && !accept.includes('text/html');
  const title = '/debug/pprof/';
  answerText(response, isText ? 'plain' : 'html', isText ? indexText(title) : indexHtml(title));
}

interface Work extends Context {
  readonly name: 'profile' | 'heap' | 'allocs' | 'block' | 'mutex';
  readonly seconds: number | undefined;
}

async function record(work: Work): Promise<EncodeJob> {
  const timeNanos = BigInt(Date.now()) * 1_000_000n;
  const start = process.hrtime.bigint();
  const factsNow = (remarks: readonly string[]): ProgramFacts => ({
    script: process.argv[1] ?? process.execPath,
    timeNanos,
    durationNanos: Number(process.hrtime.bigint() - start),
    remarks,
    awaitsTimed: hasAwaitCalls(),
  });
  if (work.name === 'profile') {
    const threads = await cpuTurn.take(() => profileCpu(work.seconds ?? standardSeconds, work.signal));
    return { kind: 'cpu', threads, facts: factsNow([]) };
  }
  if (work.name === 'block' || work.name === 'mutex') return recordWaits(work, work.name, factsNow);
  return recordMemory(work, factsNow);
}

async function recordWaits(
  { seconds = standardSeconds, blockRate, signal }: Work,
  kind: 'block' | 'mutex',
  factsNow: (remarks: readonly string[]) => ProgramFacts,
): Promise<EncodeJob> {
  const rate = kind === 'block' ? blockRate : defaultBlockRate;
  const threads = await waitTurns[kind].take(() => profileWaits(kind, { seconds, rate, signal }));
  const remarks =
    kind === 'block' && !hasAwaitCalls()
      ? ['# awaits are not in it: prof-toolkit/pprof/awaits was not loaded first']
      : [];
  return { kind: 'waits', threads, facts: { ...factsNow(remarks), rate } };
}

async function recordMemory(
  { name, seconds, memory, signal }: Work,
  factsNow: (remarks: readonly string[]) => ProgramFacts,
): Promise<EncodeJob> {
  if (memory === undefined)
    throw new AnswerError(
      500,
      heapRecorded in globalThis
        ? 'memory is not sampled here: prof run --memprofile does so'
        : 'memory is not sampled here: memProfileRate is 0',
    );
  const { rate } = memory;
  if (name === 'allocs') {
    const threads = await memoryTurn.take(() => memory.allocated(seconds ?? standardSeconds, signal));
    return { kind: 'heap', threads, facts: { ...factsNow([]), kind: 'allocated', rate } };
  }
  const threads = await memoryTurn.take(() =>
    seconds === undefined ? memory.inUse() : memory.growth(seconds, signal),
  );
  const since = `# in use of what was allocated since ${new Date(memory.since).toISOString()}`;
  return { kind: 'heap', threads, facts: { ...factsNow([since]), kind: 'in use', rate } };
}
