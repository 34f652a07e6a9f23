import fs from 'node:fs';
import { relative } from 'node:path';
import type { Conflict } from './access.js';
import { seqOf, slotOf } from './epoch.js';
import { haltProgram } from './halt.js';
import { hintFor } from './hint.js';
import {
  allocate,
  header,
  maxThreads,
  region,
  regionAt,
  slotAt,
  slotState,
  slot as slotWord,
  threadAt,
  thread as threadWord,
} from './layout.js';
import { hasMet, limitNotices } from './limits.js';
import { atomics, stringify } from './native.js';
import type { RaceOptions } from './options.js';
import { regionBytes } from './region.js';
import {
  formatReport,
  type RaceReport,
  type ReportedAccess,
  type ReportedFrame,
  type ReportedThread,
} from './report.js';
import type { Frame, Whereabouts } from './stack.js';
import { isSuppressed, parseSuppressions, type Suppression } from './suppress.js';
import { readText } from './text.js';
import { ringRecords } from './thread.js';
import type { ViewMark } from './view.js';

// As they are before the hooks take their places.
const { appendFileSync, readFileSync, writeSync } = fs;

/** Races that are printed; further ones are only counted. */
const maxPrinted = 20;

/** Makes reports of conflicts, and prints each pair of places once. */
export class Reporter {
  readonly #memory: Int32Array;
  readonly #options: RaceOptions;
  readonly #suppressions: readonly Suppression[];
  readonly #cwd = process.cwd();

  constructor(memory: Int32Array, options: RaceOptions) {
    this.#memory = memory;
    this.#options = options;
    this.#suppressions =
      options.suppressions === '' ? [] : parseSuppressions(readIfThere(options.suppressions));
  }

  /** Prints a race that has not been printed. */
  report(conflict: Conflict & { readonly element: { readonly mark?: ViewMark } }): void {
    // Order that went through a thread that is not watched is not known.
    if (hasMet(this.#memory, 'threads')) return;
    const report = this.#toReport(conflict);
    if (isSuppressed(report, this.#suppressions) || !this.#isNew(report)) return;
    const count = atomics.add(this.#memory, header.races, 1);
    if (count < maxPrinted) this.print(this.#formatted(report));
    if (this.#options.haltOnError) haltProgram(this, this.#options.exitCode);
  }

  /** Says what is to be said when the program ends: how many races there were, and what was not looked at. */
  summarise(): void {
    const races = this.count();
    const { format } = this.#options;
    if (format === 'json') this.print(`${stringify({ races })}\n`);
    else if (races > 0) this.print(`Found ${races} data race(s)\n`);
    writeAll(2, limitNotices(this.#memory));
  }

  /** Whether no other thread has begun to end the program; says yes once. */
  isFirstToEnd(): boolean {
    return atomics.exchange(this.#memory, header.halted, 1) === 0;
  }

  #formatted(report: RaceReport): string {
    return this.#options.format === 'json' ? `${stringify(report)}\n` : formatReport(report);
  }

  /** Prints a text where reports go. */
  print(text: string): void {
    const { logPath } = this.#options;
    if (logPath === 'stdout') writeAll(1, text);
    else if (logPath === 'stderr') writeAll(2, text);
    else appendFileSync(`${logPath}.${process.pid}`, text);
  }

  /** Races that were found so far, by all threads. */
  count(): number {
    return atomics.load(this.#memory, header.races);
  }

  #toReport({
    element,
    kind,
    epoch,
    previous,
  }: Conflict & { readonly element: { readonly mark?: ViewMark } }): RaceReport {
    const own = this.#whereabouts(epoch);
    const other = this.#whereabouts(previous);
    const size = 2 ** element.plane;
    const view = element.mark?.name ?? `${size * 8} bits`;
    const access = { kind, ...this.#access(epoch, own) };
    const before = { kind: other?.kind ?? 'access', ...this.#access(previous, other) };
    return {
      access,
      previous: before,
      offset: element.index * size,
      size,
      element:
        element.mark === undefined || view === 'DataView'
          ? view
          : `${view}[${element.index - element.mark.first}]`,
      buffer: this.#buffer(element.region),
      threads: [epoch, previous]
        .flatMap((each) => this.#threadOf(each) ?? [])
        .map((at) => this.#thread(at))
        .filter(({ number }) => number > 0),
      hint: own === undefined ? '' : hintFor(own, other, view),
    };
  }

  #access(epoch: number, where: Whereabouts | undefined): Omit<ReportedAccess, 'kind'> {
    const at = this.#threadOf(epoch);
    const thread = at === undefined ? -1 : this.#memory[at + threadWord.name]!;
    return { thread, frames: this.#frames(where?.frames ?? []) };
  }

  /** What was written down of an access; undefined where it has been overwritten. */
  #whereabouts(epoch: number): Whereabouts | undefined {
    const ring = this.#memory[slotAt(slotOf(epoch)) + slotWord.ring]!;
    const seq = seqOf(epoch);
    const at = ring + (seq % ringRecords(this.#options.historySize)) * 2;
    if (ring === 0 || atomics.load(this.#memory, at) !== seq) return undefined;
    return this.#textAt(this.#memory[at + 1]!);
  }

  #textAt(at: number): Whereabouts | undefined {
    return at === 0 ? undefined : (JSON.parse(readText(this.#memory, at)) as Whereabouts); // written by StackWriter
  }

  /** Index of the words of the thread that had the slot when it gave out that seq; undefined where it is forgotten. */
  #threadOf(epoch: number): number | undefined {
    const memory = this.#memory;
    const count = Math.min(atomics.load(memory, header.threads), maxThreads);
    let found: number | undefined;
    for (let number = 0; number < count; number++) {
      const at = threadAt(number);
      const first = memory[at + threadWord.firstSeq]!;
      const isOf = memory[at + threadWord.slot] === slotOf(epoch) && first <= seqOf(epoch);
      if (isOf && (found === undefined || first > memory[found + threadWord.firstSeq]!)) found = at;
    }
    return found;
  }

  #thread(at: number): ReportedThread {
    const memory = this.#memory;
    return {
      number: memory[at + threadWord.name]!,
      parent: memory[at + threadWord.parent]!,
      state: memory[at + threadWord.state] === slotState.ended ? 'finished' : 'running',
      frames: this.#frames(this.#textAt(memory[at + threadWord.started]!)?.frames ?? []),
    };
  }

  #buffer(number: number): RaceReport['buffer'] {
    const at = regionAt(number);
    const name = this.#memory[at + region.name]!;
    return {
      name: name === 0 ? null : readText(this.#memory, name),
      number,
      byteLength: regionBytes(this.#memory, number),
      thread: this.#memory[at + region.thread]!,
      frames: this.#frames(this.#textAt(this.#memory[at + region.allocated]!)?.frames ?? []),
    };
  }

  #frames(frames: readonly Frame[]): ReportedFrame[] {
    return frames.map(([name, file, line, column]) => ({ name, file: this.#shortPath(file), line, column }));
  }

  #shortPath(file: string): string {
    const prefix = this.#options.stripPathPrefix;
    if (prefix !== undefined && prefix !== '')
      return file.startsWith(prefix) ? file.slice(prefix.length) : file;
    const near = relative(this.#cwd, file);
    return near.startsWith('..') || !file.startsWith('/') ? file : near;
  }

  /** Whether this pair of places has not been reported; whoever asks first is told so. */
  #isNew({ access, previous }: RaceReport): boolean {
    const key = [access, previous]
      .map(({ frames: [top] }) => (top ? `${top.file}:${top.line}:${top.column}` : ''))
      .sort();
    const hash = hashOf(key.join());
    for (;;) {
      const head = atomics.load(this.#memory, header.printed);
      for (let at = head; at !== 0; at = this.#memory[at + 1]!) if (this.#memory[at] === hash) return false;
      const entry = allocate(this.#memory, 2);
      if (entry === 0) return true;
      this.#memory[entry] = hash;
      this.#memory[entry + 1] = head;
      if (atomics.compareExchange(this.#memory, header.printed, head, entry) === head) return true;
    }
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // whoever started the program has said so
  }
}

/** Writes a text whole, from any thread; a pipe that is full is waited for. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
    }
  }
}
