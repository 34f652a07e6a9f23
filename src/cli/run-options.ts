import { resolve } from 'node:path';
import { defaultBlockRate } from '../capture/block/block-rate.js';
import { ProfError } from '../error.js';
import { checkWritable } from '../file/out-files.js';
import type { RecordingKind, RecordingPlan } from '../run/recording-plan.js';
import type { OptionGroup } from './command.js';
import type { Options } from './options.js';
import { raceOptionSpecs } from './race-options.js';

/** The options of `prof run`. */
export const programOptionGroups: readonly OptionGroup[] = [
  {
    title: 'Profiles',
    options: [
      { name: 'cpuprofile', value: 'FILE', help: 'where the CPU profile goes' },
      { name: 'memprofile', value: 'FILE', help: 'where the memory profile goes: what was allocated' },
      { name: 'inuse', help: 'in the memory profile what is in use at the end, instead' },
      {
        name: 'memprofilerate',
        value: 'BYTES',
        help: 'sample one allocation in so many bytes; 1 for all of them [524288]',
      },
      {
        name: 'blockprofile',
        value: 'FILE',
        help: 'where the block profile goes: where threads and async functions wait, and long turns of the event loop',
      },
      {
        name: 'blockprofilerate',
        value: 'NANOSECONDS',
        help: 'record all waits of so many nanoseconds and more, and a share of shorter ones [1]',
      },
      {
        name: 'mutexprofile',
        value: 'FILE',
        help: 'where the mutex profile goes: who holds locks that others wait for',
      },
      {
        name: 'inline',
        help: 'leave inlining on: full speed, but functions that V8 inlines are missing or charged to others',
      },
    ],
  },
  {
    title: 'How to run it',
    options: [
      ...raceOptionSpecs,
      {
        name: 'node-option',
        value: 'OPTION',
        repeatable: true,
        help: 'an option of Node or V8 for the program; may be given several times',
      },
    ],
  },
];

/** Where each kind of profile is to be written; absolute paths. */
export type ProgramFiles = Readonly<Partial<Record<RecordingKind, string>>>;

/** @throws ProfError `unwritable`, before anything is run; `usage` where two files are one */
export function programFiles(options: Options, cwd: string): ProgramFiles {
  const named = {
    cpu: options.text('cpuprofile'),
    heap: options.text('memprofile'),
    block: options.text('blockprofile'),
    mutex: options.text('mutexprofile'),
  };
  const files = Object.fromEntries(
    Object.entries(named).flatMap(([kind, file]) => (file === undefined ? [] : [[kind, resolve(cwd, file)]])),
  );
  const paths = Object.values(files);
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice !== undefined)
    throw new ProfError('usage', `${twice}: would be written twice`, { hint: 'Name another file.' });
  for (const path of paths) checkWritable(path);
  return files;
}

/** As Go's `runtime.MemProfileRate`. */
const goMemProfileRate = 512 * 1024;
/** A tick a millisecond. */
const cpuIntervalMicros = 1000;

/** What is to be recorded for the files that were asked for. */
export function programPlan(options: Options, files: ProgramFiles): RecordingPlan {
  const rate = options.integer('memprofilerate', 1) ?? goMemProfileRate;
  const kind = options.flag('inuse') ? 'in use' : 'allocated';
  if (files.heap === undefined && (options.has('inuse') || options.has('memprofilerate')))
    throw new ProfError('usage', 'run: a memory profile has no file to go to', {
      hint: 'Name one with --memprofile=FILE.',
    });
  if (files.block !== undefined && options.flag('race'))
    throw new ProfError('usage', 'conflicting options: --race and --blockprofile', {
      hint: 'Give one of them.',
    });
  const blockRate = options.integer('blockprofilerate', 1) ?? defaultBlockRate;
  if (files.block === undefined && options.has('blockprofilerate'))
    throw new ProfError('usage', 'run: a block profile has no file to go to', {
      hint: 'Name one with --blockprofile=FILE.',
    });
  return {
    ...(files.cpu === undefined ? {} : { cpu: { intervalMicros: cpuIntervalMicros } }),
    ...(files.heap === undefined ? {} : { heap: { rate, kind } }),
    ...(files.block === undefined ? {} : { block: { rate: blockRate } }),
    ...(files.mutex === undefined ? {} : { mutex: { rate: defaultBlockRate } }),
  };
}

/**
 * V8's flags for a recording. A function that is inlined vanishes from V8's profiles, and objects that are
 * allocated in one go count as one. On-stack replacement stays on: a profiler that was there before sees
 * the code that it makes.
 */
export function programFlags(plan: RecordingPlan, options: Options): readonly string[] {
  const isPlain = (plan.cpu === undefined && plan.heap === undefined) || options.flag('inline');
  if (isPlain) return [];
  return ['--no-turbo-inlining', '--no-maglev-inlining', ...(plan.heap === undefined ? [] : unfoldedFlags)];
}

/** Maglev puts allocations together from Node 24 on; before, it does not know the flag. */
const unfoldedFlags: readonly string[] = [
  '--no-turbo-allocation-folding',
  ...(Number.parseInt(process.versions.node, 10) >= 24 ? ['--maglev-allocation-folding=0'] : []),
];
