import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchPattern, compileBenchPattern } from '../bench/bench-pattern.js';
import { parseRequest } from '../bench/handler-benchmark.js';
import type { BenchTime } from '../bench/job.js';
import type { Variant } from '../bench/variant.js';
import { ProfError } from '../error.js';
import type { OptionGroup } from './command.js';
import { type Options, wrongValue } from './options.js';
import { raceKindSpecs } from './race-options.js';

/** The options of `prof bench`. */
export const benchOptionGroups: readonly OptionGroup[] = [
  {
    title: 'What to run',
    options: [
      {
        name: 'bench',
        value: 'REGEXP',
        help: 'run only benchmarks whose name matches; parts between slashes match sub-benchmarks',
      },
      {
        name: 'benchtime',
        value: 'TIME',
        help: 'how long to measure each: 2s, 500ms, or 1000x for so many iterations [1s]',
      },
      {
        name: 'count',
        value: 'N',
        help: 'repeat N times, each in a fresh process, several variants in turn [1]',
      },
      {
        name: 'against',
        value: 'REVISION',
        help: 'bench this git revision of the variants too, in a temporary work tree, in turn with the files as they are',
      },
      {
        name: 'against-setup',
        value: 'COMMAND',
        help: 'run this in the revision\'s work tree first, such as "npm ci && npm run build", instead of sharing node_modules',
      },
      {
        name: 'cpu',
        value: 'NUMBERS',
        help: 'threads of a parallel benchmark, such as 1,2,4: it is measured with each [one for each core]',
      },
      {
        name: 'request',
        value: 'REQUEST',
        help: 'the request for a module that exports just a handler [GET /]',
      },
      { name: 'timeout', value: 'TIME', help: 'give a pass of one benchmark up after so long [10m]' },
    ],
  },
  {
    title: 'Profiles and files',
    options: [
      {
        name: 'cpuprofile',
        value: 'FILE',
        onByDefault: true,
        help: 'where the CPU profile goes; with --count one for each repetition, FILE.1 and so on; --no-cpuprofile leaves it out [prof.cpu]',
      },
      {
        name: 'memprofile',
        value: 'FILE',
        onByDefault: true,
        help: 'where the memory profile goes; --no-memprofile leaves it out [prof.mem]',
      },
      {
        name: 'memprofilemodules',
        help: 'tell the lines of allocation in packages under node_modules too, not only where their functions start',
      },
      {
        name: 'blockprofile',
        value: 'FILE',
        help: 'write where the benchmarks wait: locks, awaits, calls that block the thread; off by default',
      },
      {
        name: 'blockprofilerate',
        value: 'NANOSECONDS',
        help: 'record all waits of so many nanoseconds and more, and a share of shorter ones [1]',
      },
      {
        name: 'mutexprofile',
        value: 'FILE',
        help: 'write who holds locks that others wait for; off by default',
      },
      {
        name: 'save',
        value: 'FILE',
        onByDefault: true,
        help: 'where the results go; --no-save leaves it out [mem. and the variant without "step"]',
      },
      { name: 'stamp', help: 'write the git commit into the saved run, for prof history' },
      { name: 'out-dir', value: 'DIR', help: 'the folder for all of these [.]' },
      {
        name: 'inline',
        help: 'leave inlining on in the CPU pass, at the real speed; a second profile without it tells what was inlined',
      },
    ],
  },
  {
    title: 'Repetitions',
    options: [
      {
        name: 'aa',
        help: 'compare the same code with itself: how often this machine calls it different, and the least change it can detect',
      },
      { name: 'comparisons', value: 'N', help: 'how often --aa compares --count [10] runs with as many [5]' },
      {
        name: 'compare',
        help: 'end with what prof stat says of the variants [on a terminal, with several variants]',
      },
      { name: 'alpha', value: 'P', help: 'call differences significant up to this p [0.05]' },
    ],
  },
  {
    title: 'Races, instead of measuring',
    options: raceKindSpecs,
  },
  {
    title: 'How to run it',
    options: [
      {
        name: 'node-option',
        value: 'OPTION',
        repeatable: true,
        help: 'an option of Node or V8 for every child process; may be given several times',
      },
      {
        name: 'env-file',
        value: 'FILE',
        repeatable: true,
        help: 'a file of environment variables for every child process',
      },
      { name: 'json', help: 'print the results as JSON, see docs/formats.md' },
    ],
  },
];

/** Where the files of one variant go; undefined for what is not wanted. Absolute paths. */
export interface OutFiles {
  readonly cpu: string | undefined;
  readonly mem: string | undefined;
  readonly block: string | undefined;
  readonly mutex: string | undefined;
  readonly save: string | undefined;
}

/**
 * Where the files of a variant go.
 *
 * @param several - whether there are more variants; names then get a suffix each
 */
export function outFiles(
  options: Options,
  variant: Variant,
  where: { cwd: string; several: boolean },
): OutFiles {
  const folder = resolve(where.cwd, options.text('out-dir') ?? '.');
  const short = variant.name.replace(/^step(?=.)/, '');
  const suffix = where.several ? `.${short}` : '';
  const file = (option: string, standard: string): string | undefined =>
    options.flag(option, true) ? resolve(folder, `${options.text(option) ?? standard}${suffix}`) : undefined;
  const saved = options.text('save') === undefined ? join(folder, `mem.${short}`) : file('save', '');
  return {
    cpu: file('cpuprofile', 'prof.cpu'),
    mem: file('memprofile', 'prof.mem'),
    block: options.text('blockprofile') === undefined ? undefined : file('blockprofile', ''),
    mutex: options.text('mutexprofile') === undefined ? undefined : file('mutexprofile', ''),
    save: options.flag('save', true) ? saved : undefined,
  };
}

/** More would take days even of what does nothing. */
const maxIterations = 1e12;

/** `--benchtime`, or what holds without it. */
export function benchTime(options: Options, otherwise = '1s'): BenchTime {
  const text = options.text('benchtime') ?? otherwise;
  const times = /^(\d+)x$/.exec(text)?.[1];
  if (times !== undefined && Number(times) > 0 && Number(times) <= maxIterations)
    return { kind: 'iterations', iterations: Number(times) };
  return {
    kind: 'millis',
    millis: milliseconds(
      'benchtime',
      text,
      'a time such as 2s or 500ms, or a number of iterations such as 1000x',
    ),
  };
}

/** `--timeout`, in milliseconds. */
export function timeoutMillis(options: Options): number {
  return milliseconds('timeout', options.text('timeout') ?? '10m', 'a time such as 10m, 90s or 500ms');
}

const unitMillis: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration as Go writes it: `1m30s`, `1.5s`. */
function milliseconds(option: string, text: string, want: string): number {
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  const whole = parts.map(([part]) => part).join('') === text;
  const millis = parts.reduce(
    (sum, [, value, unit]) => sum + Number(value) * (unitMillis[unit ?? ''] ?? 0),
    0,
  );
  // Node's timers count milliseconds in 31 bits.
  if (!whole || millis <= 0 || millis >= 2 ** 31) throw wrongValue(option, text, want);
  return millis;
}

/** `--bench`, compiled. */
export function benchPattern(options: Options): BenchPattern | undefined {
  const text = options.text('bench');
  if (text === undefined) return undefined;
  const pattern = compileBenchPattern(text);
  if ('problem' in pattern) throw wrongValue('bench', text, `a regular expression: ${pattern.problem}`);
  return pattern;
}

/** `--request`, checked. */
export function benchRequest(options: Options): string {
  const text = options.text('request') ?? 'GET /';
  if (parseRequest(text) === undefined)
    throw wrongValue('request', text, 'a request such as "GET /hi?color=red"');
  return text;
}

/** More threads than any machine has use for; each takes some megabytes. */
const maxThreads = 1024;

/**
 * `--cpu`: the numbers of threads that a parallel benchmark is measured with; without it one for each core.
 *
 * @param least - threads at least where nothing is said
 */
export function parallelThreads(options: Options, least = 1): readonly number[] {
  const text = options.text('cpu');
  if (text === undefined) return [Math.max(least, availableParallelism())];
  const numbers = text.split(',').map((word) => (/^\s*\d+\s*$/.test(word) ? Number(word) : 0));
  if (numbers.some((count) => count < 1 || count > maxThreads))
    throw wrongValue('cpu', text, 'numbers of threads such as 1,2,4');
  return [...new Set(numbers)];
}

/** `--node-option` and `--env-file` as options of Node. */
export function nodeOptions(options: Options, cwd: string): string[] {
  const envFiles = options.list('env-file').map((file) => `--env-file=${envFile(file, cwd)}`);
  return [...options.list('node-option').flatMap((option) => option.split(/\s+/)), ...envFiles];
}

function envFile(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new ProfError('not-found', `${file}: no such file`);
  if (stat.isDirectory()) throw new ProfError('unreadable', `${file}: is a folder`);
  return path;
}
