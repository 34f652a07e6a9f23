/** One of the two accesses of a race. */
export interface ReportedAccess {
  /** `read`, `atomic write` … */
  readonly kind: string;
  /** Number of the thread; 0 is the main thread, -1 one of so many that it is forgotten. */
  readonly thread: number;
  /** Innermost first; empty where it is no longer known. */
  readonly frames: readonly ReportedFrame[];
}

/** A call of a stack. */
export interface ReportedFrame {
  readonly name: string;
  /** Relative to the working folder where it is below it. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** A thread of a race. */
export interface ReportedThread {
  readonly number: number;
  readonly parent: number;
  readonly state: 'running' | 'finished';
  /** Where it was started. */
  readonly frames: readonly ReportedFrame[];
}

/** The buffer that a race is in. */
export interface ReportedBuffer {
  /** The name that the program gave it, or null. */
  readonly name: string | null;
  /** Counted over all threads, from 1. */
  readonly number: number;
  readonly byteLength: number;
  /** Number of the thread that made it. */
  readonly thread: number;
  readonly frames: readonly ReportedFrame[];
}

/** A race, as it is printed and as `--json` has it. */
export interface RaceReport {
  readonly access: ReportedAccess;
  readonly previous: ReportedAccess;
  /** In the buffer, in bytes. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
  /** The element as the access names it, such as `Int32Array[0]`. */
  readonly element: string;
  readonly buffer: ReportedBuffer;
  /** Those of the accesses that are workers. */
  readonly threads: readonly ReportedThread[];
  /** What to do; empty where nothing is known. */
  readonly hint: string;
}

const line = '==================\n';

/** The report in Go's layout. */
export function formatReport(report: RaceReport): string {
  const { access, previous, offset, size, element, buffer, hint } = report;
  const place = `${bufferName(buffer)} offset ${offset} (${bytes(size)}, ${element})`;
  return [
    line,
    'WARNING: DATA RACE\n',
    `${capitalised(access.kind)} at ${place} by ${threadName(access.thread)}:\n`,
    formatFrames(access.frames),
    `Previous ${previous.kind} by ${threadName(previous.thread)}:\n`,
    formatFrames(previous.frames),
    ...report.threads.map(formatThread),
    formatBuffer(buffer),
    hint === '' ? '' : `Hint: ${hint}\n`,
    line,
  ].join('');
}

function formatThread({ number, state, parent, frames }: ReportedThread): string {
  const by = parent < 0 ? '' : ` by ${threadName(parent)}`;
  return `${capitalised(threadName(number))} (${state}) created${by} at:\n${formatFrames(frames)}`;
}

function formatBuffer(buffer: ReportedBuffer): string {
  if (buffer.frames.length === 0) return '';
  const head = `${bufferName(buffer)} (${bytes(buffer.byteLength)}) allocated by ${threadName(buffer.thread)} at:\n`;
  return head + formatFrames(buffer.frames);
}

/** A stack in Go's layout. */
export function formatFrames(frames: readonly ReportedFrame[]): string {
  if (frames.length === 0) return '  [failed to restore the stack]\n';
  return frames
    .map(({ name, file, line, column }) => `  ${name}()\n      ${file}:${line}:${column}\n`)
    .join('');
}

function bufferName({ name, number }: ReportedBuffer): string {
  return name === null ? `SharedArrayBuffer #${number}` : `"${name}"`;
}

/** How a report calls a thread. */
function threadName(number: number): string {
  if (number < 0) return 'an earlier worker';
  return number === 0 ? 'main thread' : `worker ${number}`;
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
