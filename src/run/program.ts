import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { startError } from './child.js';
import { channelDescriptor, preloadOptions, withSetup } from './program-setup.js';
import { SignalPass } from './program-signals.js';
import { makeReportFolder, readReports, removeReports, type ThreadReport } from './record-files.js';
import type { RecordingPlan } from './recording-plan.js';

/** A program to run as if it had been started by `node`. */
export interface Program {
  /** As it was given; Node finds it. */
  readonly script: string;
  readonly args: readonly string[];
  /** V8's flags for the recording; not to be seen by the program. */
  readonly flags: readonly string[];
  /** The program's own options of Node and V8. */
  readonly nodeOptions: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What its threads are to record. */
  readonly plan: RecordingPlan;
}

/** How a program ended; `signal` is the one that it was to end by, where it was killed for it. */
export type ProgramEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals; readonly gaveUp: boolean };

/** What came of a program. */
export interface ProgramRun {
  readonly end: ProgramEnd;
  /** What its threads have recorded, the main thread's first. */
  readonly reports: readonly ThreadReport[];
  /** When it began, milliseconds since 1970, and how long it ran. */
  readonly startMillis: number;
  readonly durationMillis: number;
}

/**
 * Runs a program to its end. Standard input and output, arguments, working folder and signals are the
 * program's own: what this process gets of `fatalSignals` is passed on, and never ends this process
 * before the program.
 *
 * @throws ProfError `failed` where Node cannot be started
 */
export async function runProgram(program: Program): Promise<ProgramRun> {
  const folder = makeReportFolder();
  const startMillis = Date.now();
  const start = process.hrtime.bigint();
  const child = startProgram(program, folder);
  const signals = new SignalPass(child, child.stdio[channelDescriptor] as Duplex); // a pipe, see startProgram
  try {
    const end = await endOf(child, signals);
    const durationMillis = Number(process.hrtime.bigint() - start) / 1e6;
    return { end, reports: readReports(folder), startMillis, durationMillis };
  } finally {
    removeReports(folder);
  }
}

function startProgram(program: Program, folder: string): ChildProcess {
  const { script, args, flags, nodeOptions, cwd, env, plan } = program;
  const ownOptions = [...flags, ...preloadOptions];
  return spawn(process.execPath, [...ownOptions, ...nodeOptions, script, ...args], {
    argv0: process.argv0,
    cwd,
    env: withSetup(env, { plan, folder, ownOptions }),
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  });
}

function endOf(child: ChildProcess, signals: SignalPass): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(startError(error)));
    child.once('exit', async (status, signal) => {
      if (signal === null) return resolve({ kind: 'exited', status: status ?? 0 });
      await signals.closed();
      const { gaveUp } = signals;
      resolve({ kind: 'killed', signal: gaveUp ?? signal, gaveUp: gaveUp !== undefined });
    });
  });
}
