import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import { parseRaceOptions, type RaceOptions } from '../race/options.js';
import { strangeLines } from '../race/suppress.js';
import type { ChildHooks } from '../run/child-env.js';
import type { OptionSpec } from './command.js';
import type { Io } from './io.js';
import type { Options } from './options.js';

/** What races are looked for. */
export const raceKindSpecs: readonly OptionSpec[] = [
  { name: 'race', help: 'look for data races between threads; exit 66 when one is found (docs/race.md)' },
  { name: 'race-wasm', help: '--race, in memory of WebAssembly too; its own locks are not known' },
  {
    name: 'race-async',
    writtenAs: 'race=async',
    help: 'look for updates that async functions of one thread lose, instead',
  },
];

/** The options of commands that can watch a program for races, and print nothing else as JSON. */
export const raceOptionSpecs: readonly OptionSpec[] = [
  ...raceKindSpecs,
  { name: 'json', help: 'with --race: print each race as a line of JSON, see docs/formats.md' },
];

/** How a program is watched for races. */
export interface RaceSetup {
  readonly options: RaceOptions;
  readonly hooks: ChildHooks;
  /** Hands the options to the program. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * `raceSetup` of a command of which nothing but races is printed as JSON.
 *
 * @param command - the name for errors
 * @throws ProfError `usage` for `--json` alone
 */
export function programRaceSetup(command: string, given: Options, io: Io): RaceSetup | undefined {
  const race = raceSetup(given, io);
  if (race !== undefined || !given.flag('json')) return race;
  throw new ProfError('usage', `${command}: --json is how races are printed`, { hint: 'Add --race.' });
}

/**
 * What the command line and PROFRACE say; undefined where nobody asks for races.
 *
 * @throws ProfError `usage` for what cannot be meant, `unreadable` for a file of suppressions
 */
export function raceSetup(given: Options, io: Io): RaceSetup | undefined {
  const raceAsync = given.flag('race-async');
  const raceWasm = given.flag('race-wasm');
  const race = !raceAsync && (raceWasm || given.flag('race'));
  if (!race && !raceAsync) return undefined;
  const json = given.flag('json') ? ['format=json'] : [];
  const wasm = raceWasm ? ['wasm=1'] : [];
  const text = [io.env['PROFRACE'] ?? '', ...json, ...wasm].join(' ').trim();
  const { options, problems } = parseRaceOptions(text);
  const [problem] = problems;
  if (problem !== undefined)
    throw new ProfError('usage', problem, { hint: 'docs/race.md lists the options.' });
  if (options.suppressions !== '') checkSuppressions(options.suppressions, io.cwd);
  return { options, hooks: { race, raceAsync }, env: text === '' ? io.env : { ...io.env, PROFRACE: text } };
}

function checkSuppressions(file: string, cwd: string): void {
  const [strange] = strangeLines(readSuppressions(file, cwd));
  if (strange === undefined) return;
  throw new ProfError('usage', `${file}:${strange.line}: "${strange.text}" suppresses nothing`, {
    hint: 'A line is race:PATTERN, race_top:PATTERN or a comment that starts with #.',
  });
}

function readSuppressions(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const code = systemCode(error) ?? String(error);
    throw new ProfError('unreadable', `${file}: cannot be read (${code})`, {
      hint: 'PROFRACE names it as its file of suppressions.',
      cause: error,
    });
  }
}
