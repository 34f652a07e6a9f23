import type { ReportedFrame } from '../report.js';
import { formatFrames } from '../report.js';

/** One of the three accesses of a lost update. */
export interface UpdateAccess {
  /** Number of the call of an async function; null for code that none has called. */
  readonly activation: number | null;
  readonly frames: readonly ReportedFrame[];
}

/** An update that another one has made undone. */
export interface LostUpdate {
  /** How people call what was written. */
  readonly name: string;
  /** Who read it, and later wrote it without knowing what had come in between. */
  readonly read: UpdateAccess;
  /** Whose update is lost. */
  readonly lost: UpdateAccess;
  readonly write: UpdateAccess;
  readonly hint: string;
}

const line = '==================\n';

/** The report in the layout of data races. */
export function formatLostUpdate({ name, read, lost, write, hint }: LostUpdate): string {
  return [
    line,
    'WARNING: LOST UPDATE\n',
    `Write of ${name} by ${caller(write)}, from a value that is out of date:\n`,
    formatFrames(write.frames),
    `Previous write by ${caller(lost)}, which is lost:\n`,
    formatFrames(lost.frames),
    `Value read before that by ${caller(read)} at:\n`,
    formatFrames(read.frames),
    `Hint: ${hint}\n`,
    line,
  ].join('');
}

function caller({ activation }: UpdateAccess): string {
  return activation === null ? 'other code' : `async call ${activation}`;
}
