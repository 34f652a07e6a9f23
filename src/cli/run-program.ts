import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { formatError, isProfError } from '../error.js';
import { type OutFile, writeFiles } from '../file/out-files.js';
import { encodeProfileGzip } from '../profile/encode.js';
import { childEnv } from '../run/child-env.js';
import { type Program, type ProgramEnd, type ProgramRun, runProgram } from '../run/program.js';
import { problemsOf, programProfiles } from '../run/program-profiles.js';
import { recordingKinds } from '../run/recording-plan.js';
import { isTypeScript, typeScriptFor } from '../source/typescript.js';
import type { Call, Command } from './command.js';
import type { Io } from './io.js';
import { programRaceSetup } from './race-options.js';
import {
  type ProgramFiles,
  programFiles,
  programFlags,
  programOptionGroups,
  programPlan,
} from './run-options.js';

/** `prof run`. */
export const runCommand: Command = {
  name: 'run',
  synopsis: 'run [options] [--] <script> [args…]',
  summary: 'Run a program and profile all of its threads.',
  examples: [
    'prof run --cpuprofile=prof.cpu server.js',
    'prof run --cpuprofile=prof.cpu --memprofile=prof.mem -- build.ts --watch',
    'prof run --memprofile=prof.mem --inuse server.js',
  ],
  groups: programOptionGroups,
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  passThrough: true,
  notes:
    "Output, input, arguments, exit status and signals are the program's own; options behind\n" +
    'the script are not touched. Profiles are written whole, however the program ends, unless\n' +
    'it is killed outright (SIGKILL). Child processes are not profiled. See docs/run.md.\n',

  async run(call, io) {
    const files = programFiles(call.options, io.cwd);
    const program = programOf(call, { files, io });
    if (Object.keys(program.plan).length === 0 && programRaceSetup('run', call.options, io) === undefined)
      io.stderr.write(
        'prof: nothing is recorded; ask for it with --cpuprofile=FILE, --memprofile=FILE or --blockprofile=FILE\n',
      );
    const run = await runProgram(program);
    return endLike(run.end, writeProfiles(program, run, { files, io }));
  },
};

function programOf(
  { args: [script = '', ...args], options }: Call,
  { files, io }: { files: ProgramFiles; io: Io },
): Program {
  const { isFound, isTypeScript } = findScript(script, io.cwd);
  const asked = programPlan(options, files);
  // What Node does not find it tells best itself; a profile of that is none.
  const plan = isFound ? asked : {};
  const flags = programFlags(plan, options);
  const nodeOptions = options.list('node-option').flatMap((option) => option.split(/\s+/));
  const race = programRaceSetup('run', options, io);
  const awaits = plan.block !== undefined;
  const { env: given, hooks } = race ?? { env: io.env, hooks: {} };
  const env = race !== undefined || awaits || isTypeScript ? childEnv(given, { ...hooks, awaits }) : given;
  return { script, args, flags, nodeOptions, cwd: io.cwd, env, plan };
}

/** A script as Node looks for it, or as our load hooks do. */
function findScript(script: string, cwd: string): { isFound: boolean; isTypeScript: boolean } {
  if (script === '-') return { isFound: true, isTypeScript: false }; // standard input
  const path = resolve(cwd, script);
  try {
    const found = createRequire(join(cwd, 'prof.js')).resolve(path);
    return { isFound: true, isTypeScript: isTypeScript(found) };
  } catch {
    const isFound = typeScriptFor(path) !== undefined;
    return { isFound, isTypeScript: isFound };
  }
}

/**
 * Writes what was asked for; says what was written, and what is missing.
 *
 * @returns whether all of it was written
 */
function writeProfiles(
  program: Program,
  run: ProgramRun,
  { files, io }: { files: ProgramFiles; io: Io },
): boolean {
  const profiles = programProfiles(program, run);
  const out: OutFile[] = [];
  for (const kind of recordingKinds) {
    const [path, profile] = [files[kind], profiles[kind]];
    if (path !== undefined && profile !== undefined) out.push({ path, content: encodeProfileGzip(profile) });
  }
  const { written, error } = writeFiles(out);
  const notes = problemsOf(run);
  if (written.length > 0) notes.unshift(`wrote ${written.map((path) => relative(io.cwd, path)).join(', ')}`);
  const isWhole = out.length === Object.keys(files).length;
  if (!isWhole) notes.push(`no profile was written: ${whyNone(run.end)}`);
  for (const note of notes) io.stderr.write(`prof: ${note}\n`);
  if (isProfError(error)) io.stderr.write(formatError(error));
  return isWhole && error === undefined;
}

function whyNone(end: ProgramEnd): string {
  if (end.kind === 'exited') return `the program ended before it could leave one, with status ${end.status}`;
  return end.gaveUp
    ? `at ${end.signal} the program stayed in native code, and was killed`
    : `the program was killed by ${end.signal}`;
}

/** Signals by which the system keeps a copy of the process's memory; one copy, the program's, is enough. */
const coreSignals: readonly string[] = 'SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGSEGV SIGSYS'.split(
  ' ',
);

/** Ends as the program has: with its status, or by its signal. A profile that is missing is a failure as well. */
function endLike(end: ProgramEnd, isWhole: boolean): number {
  if (end.kind === 'exited') return end.status === 0 && !isWhole ? 1 : end.status;
  const { signal } = end;
  process.removeAllListeners(signal);
  if (!coreSignals.includes(signal)) process.kill(process.pid, signal);
  return 128 + constants.signals[signal];
}
