import { fileURLToPath } from 'node:url';
import type { RecordingPlan } from './recording-plan.js';

/** What a program is told by the process that has started it. */
export interface ProgramSetup {
  readonly plan: RecordingPlan;
  /** Absolute path of the folder for reports. */
  readonly folder: string;
  /** Options of Node that are prof's and not the program's; they stand first. */
  readonly ownOptions: readonly string[];
}

const variable = 'PROF_RUN';

/** The environment that hands a program its setup. */
export function withSetup(env: NodeJS.ProcessEnv, setup: ProgramSetup): NodeJS.ProcessEnv {
  return { ...env, [variable]: JSON.stringify(setup) };
}

/** Takes the setup out of this process's environment, so that its children are not recorded. */
export function takeSetup(): ProgramSetup | undefined {
  const text = process.env[variable];
  delete process.env[variable];
  return text === undefined ? undefined : (JSON.parse(text) as ProgramSetup); // written by `withSetup`
}

/** File descriptor of the channel between a program and the process that has started it. */
export const channelDescriptor = 3;

/** Options of Node that make a thread of a program record itself. */
export const preloadOptions: readonly string[] = [
  '--require',
  fileURLToPath(new URL('./program-preload.js', import.meta.url)),
];
