import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import { parseRaceOptions, type RaceOptions } from '../race/options.js';
import { strangeLines } from '../race/suppress.js';
import type { Io } from './io.js';
import type { Options } from './options.js';

/** How a program is watched for races: the options, and the environment that hands them to it. */
export interface RaceSetup {
  readonly options: RaceOptions;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * What PROFRACE and `--json` say.
 *
 * @throws ProfError `usage` for what cannot be meant, `unreadable` for a file of suppressions
 */
export function raceSetup(given: Options, io: Io): RaceSetup {
  const json = given.flag('json') ? ['format=json'] : [];
  const text = [io.env['PROFRACE'] ?? '', ...json].join(' ').trim();
  const { options, problems } = parseRaceOptions(text);
  const [problem] = problems;
  if (problem !== undefined)
    throw new ProfError('usage', problem, { hint: 'docs/race.md lists the options.' });
  if (options.suppressions !== '') checkSuppressions(options.suppressions, io.cwd);
  return { options, env: text === '' ? io.env : { ...io.env, PROFRACE: text } };
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
