import { basename, relative } from 'node:path';
import { doubts, formatDoubt } from '../bench/doubts.js';
import type { BenchTime } from '../bench/job.js';
import { pathName } from '../bench/names.js';
import type { Measured, Progress } from '../bench/session.js';
import { formatRunHeader } from '../benchfmt/format-run.js';
import { type OutFile, writeFiles } from '../file/out-files.js';
import { benchJson } from './bench-json.js';
import type { ProfiledVariant } from './bench-profiles.js';
import type { VariantRun } from './bench-run.js';
import { resultLine, runEnd, runText } from './bench-text.js';
import type { Io } from './io.js';
import { ProgressLine } from './progress.js';

/** Writes what `prof bench` has to say: lines as they come, then the run's file. */
export class BenchPrinter {
  readonly #io: Io;
  readonly #json: boolean;
  readonly #several: boolean;
  #progress: ProgressLine;
  #benchSeconds = 1;
  #benchTime: BenchTime = { kind: 'millis', millis: 1000 };
  #count = 1;
  /** Doubts that were told: repetitions have the same ones. */
  readonly #told = new Set<string>();
  #printed: VariantRun | undefined;

  constructor(io: Io, options: { readonly json: boolean; readonly several: boolean }) {
    this.#io = io;
    this.#json = options.json;
    this.#several = options.several;
    this.#progress = new ProgressLine(io.stderr, 0);
  }

  /** What is going to be measured, for the time that is left. */
  plan(runs: readonly VariantRun[], { count, benchTime }: { count: number; benchTime: BenchTime }): void {
    this.#benchTime = benchTime;
    this.#count = count;
    this.#benchSeconds = benchTime.kind === 'millis' ? benchTime.millis / 1000 : 0.5;
    const measured = this.#passSeconds('time') + this.#passSeconds('allocs');
    const total = runs.reduce((sum, { targets, files }) => {
      const profiled =
        (files.cpu === undefined ? 0 : this.#passSeconds('cpu')) +
        (files.mem === undefined ? 0 : this.#passSeconds('heap') + this.#passSeconds('inuse')) +
        (files.block === undefined ? 0 : this.#passSeconds('block')) +
        (files.mutex === undefined ? 0 : this.#passSeconds('mutex'));
      return sum + targets.length * (count * measured + profiled);
    }, 0);
    this.#progress = new ProgressLine(this.#io.stderr, total);
  }

  /** A pass begins. */
  progress({ pass, name, variant }: Progress): void {
    const what = name === '' ? variant.label : `${this.#several ? `${variant.label} ` : ''}${name}`;
    this.#progress.begin({ label: `${what}: ${passLabels[pass]}`, seconds: this.#passSeconds(pass) });
  }

  #passSeconds(pass: Progress['pass']): number {
    return pass === 'discover' ? 0.2 : this.#benchSeconds + passOverheads[pass];
  }

  /** One benchmark has been measured once. */
  result(run: VariantRun, measured: Measured): void {
    this.#progress.clear();
    if (!this.#json) this.#io.stdout.write(`${this.#header(run)}${resultLine(run, measured)}`);
    if (measured.kind === 'failed') {
      const name = pathName(measured.target.path);
      this.#io.stderr.write(`prof: ${name}: ${measured.message}\n${indented(measured.hint)}`);
    }
    if (measured.kind === 'measured' && measured.allocs !== undefined) {
      const name = pathName(measured.target.path);
      for (const doubt of doubts(measured.timed, measured.allocs, this.#benchTime)) {
        const key = `${run.variant.path} ${name} ${doubt.kind}`;
        if (!this.#told.has(key)) this.note(`${name}: ${formatDoubt(doubt, this.#count)}`);
        this.#told.add(key);
      }
    }
  }

  /** The keys of a run, once; between several variants the one that changes. */
  #header(run: VariantRun): string {
    if (this.#printed === run) return '';
    const first = this.#printed === undefined;
    const config = first || this.#printed?.config.pkg !== run.config.pkg ? formatRunHeader(run.config) : '';
    this.#printed = run;
    return `${config}${this.#several ? `variant: ${run.variant.name}\n` : ''}`;
  }

  /** Something that the user should know. */
  note(text: string): void {
    this.#progress.clear();
    this.#io.stderr.write(`prof: ${text}\n`);
  }

  #slowdowns({ files }: VariantRun, profiled: ProfiledVariant | undefined): void {
    const file = basename(files.cpu ?? '');
    for (const { name, factor } of profiled?.slowdowns ?? [])
      this.#io.stderr.write(
        `${file}: ${name} took ${factor.toFixed(2)} times as long as in its timed pass\n`,
      );
  }

  /**
   * All is measured: writes the files, then closing lines and the files' names.
   *
   * @throws ProfError `unwritable` when all else is done
   */
  end(runs: readonly VariantRun[], profiled: readonly ProfiledVariant[]): void {
    this.#progress.clear();
    const files = runs.flatMap((run, i) => [...(profiled[i]?.files ?? []), ...savedRun(run)]);
    const { written, error } = writeFiles(files);
    if (this.#json)
      this.#io.stdout.write(
        benchJson(runs, profiled, {
          written: new Set(written),
          benchTime: this.#benchTime,
          count: this.#count,
        }),
      );
    else for (const run of runs) this.#io.stdout.write(runEnd(run));
    for (const [i, run] of runs.entries()) this.#slowdowns(run, profiled[i]);
    if (written.length > 0) {
      const names = written.map((file) => relative(this.#io.cwd, file) || file);
      this.#io.stderr.write(`wrote ${names.join(', ')}\n`);
    }
    if (error !== undefined) throw error;
  }
}

const passLabels: Readonly<Record<Progress['pass'], string>> = {
  discover: 'looking for benchmarks',
  time: 'timing',
  race: 'looking for races',
  allocs: 'counting allocations',
  cpu: 'taking the CPU profile',
  paths: 'taking a CPU profile without inlining',
  heap: 'taking the memory profile, allocated',
  inuse: 'taking the memory profile, in use',
  block: 'taking the block profile',
  mutex: 'taking the mutex profile',
};

/** Seconds that a pass takes besides the time that is measured. */
const passOverheads: Readonly<Record<Exclude<Progress['pass'], 'discover'>, number>> = {
  time: 0.5,
  race: 1,
  allocs: 1,
  cpu: 0.7,
  paths: 0.7,
  heap: 0.8,
  inuse: 0.8,
  block: 0.5,
  mutex: 0.5,
};

/** The run's file unless nothing was measured: an older run is worth more than an empty one. */
function savedRun(run: VariantRun): OutFile[] {
  const { save } = run.files;
  if (save === undefined || !run.results.some(({ kind }) => kind === 'measured')) return [];
  return [{ path: save, content: runText(run) }];
}

function indented(hint: string | undefined): string {
  return hint === undefined ? '' : `${hint.replace(/^/gm, '  ')}\n`;
}
