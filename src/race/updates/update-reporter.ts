import fs from 'node:fs';
import { relative } from 'node:path';
import { haltProgram } from '../halt.js';
import type { RaceOptions } from '../options.js';
import type { ReportedFrame } from '../report.js';
import type { Whereabouts } from '../stack.js';
import { isSuppressed, parseSuppressions, type Suppression } from '../suppress.js';
import { formatLostUpdate, type LostUpdate, type UpdateAccess } from './lost-update.js';
import type { StaleWrite } from './update-watch.js';

/** Lost updates that are printed by a thread; further ones are only counted. */
const maxPrinted = 20;

/** Where the word that counts lost updates is in the memory of all threads. */
const countWord = 8;

/** The word that says whether the program is about to end. */
const haltedWord = 9;

/** Prints lost updates, each pair of read and write once. */
export class UpdateReporter {
  readonly #memory: Int32Array;
  readonly #options: RaceOptions;
  readonly #suppressions: readonly Suppression[];
  readonly #cwd: string = process.cwd();
  readonly #printed = new Set<string>();

  /** @param memory - of all threads */
  constructor(memory: Int32Array, options: RaceOptions) {
    this.#memory = memory;
    this.#options = options;
    this.#suppressions = parseSuppressions(readIfThere(options.suppressions));
  }

  report(stale: StaleWrite): void {
    const update = this.#toUpdate(stale);
    const key = [update.read, update.write].map(({ frames: [top] }) => place(top)).join();
    if (this.#printed.has(key) || this.#isSuppressed(update)) return;
    this.#printed.add(key);
    Atomics.add(this.#memory, countWord, 1);
    if (this.#printed.size <= maxPrinted) this.#print(this.#formatted(update));
    if (this.#options.haltOnError) haltProgram(this, this.#options.exitCode);
  }

  /** Says how many updates were lost, when the program ends. */
  summarise(): void {
    const lostUpdates = this.count();
    if (this.#options.format === 'json') this.#print(`${JSON.stringify({ lostUpdates })}\n`);
    else if (lostUpdates > 0) this.#print(`Found ${lostUpdates} lost update(s)\n`);
  }

  /** Whether no other thread has begun to end the program; says yes once. */
  isFirstToEnd(): boolean {
    return Atomics.exchange(this.#memory, haltedWord, 1) === 0;
  }

  /** Lost updates that were found so far, by all threads. */
  count(): number {
    return Atomics.load(this.#memory, countWord);
  }

  #formatted(update: LostUpdate): string {
    return this.#options.format === 'json' ? `${JSON.stringify(update)}\n` : formatLostUpdate(update);
  }

  #print(text: string): void {
    const { logPath } = this.#options;
    if (logPath === 'stdout' || logPath === 'stderr') fs.writeSync(logPath === 'stdout' ? 1 : 2, text);
    else fs.appendFileSync(`${logPath}.${process.pid}`, text);
  }

  #toUpdate({ location, read, write }: StaleWrite): LostUpdate {
    const { name, last } = location;
    return {
      name,
      read: this.#access(write.activation.number, read.where),
      lost: this.#access(last?.activation?.number ?? null, last?.where),
      write: this.#access(write.activation.number, write.where),
      hint: `read ${name} again behind the await, or let nobody else in between read and write (a lock, a queue)`,
    };
  }

  #access(activation: number | null, where: Whereabouts | undefined): UpdateAccess {
    const frames = (where?.frames ?? []).map(([name, file, line, column]) => ({
      name,
      file: this.#shortPath(file),
      line,
      column,
    }));
    return { activation, frames };
  }

  #shortPath(file: string): string {
    const { stripPathPrefix: prefix } = this.#options;
    if (prefix !== undefined) return file.startsWith(prefix) ? file.slice(prefix.length) : file;
    const near = relative(this.#cwd, file);
    return near.startsWith('..') || !file.startsWith('/') ? file : near;
  }

  #isSuppressed({ write, lost }: LostUpdate): boolean {
    const access = { kind: 'write', thread: 0, frames: write.frames };
    return isSuppressed({ access, previous: { ...access, frames: lost.frames } }, this.#suppressions);
  }
}

function place(frame: ReportedFrame | undefined): string {
  return frame === undefined ? '' : `${frame.file}:${frame.line}:${frame.column}`;
}

function readIfThere(path: string): string {
  try {
    return path === '' ? '' : fs.readFileSync(path, 'utf8');
  } catch {
    return ''; // whoever started the program has said so
  }
}
