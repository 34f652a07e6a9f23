import { resolve } from 'node:path';

/** What PROFRACE sets, as Go's GORACE does. */
export interface RaceOptions {
  /** Exit status of a program that had a race; 0 for the program's own. */
  readonly exitCode: number;
  /** Whether the program ends at its first race. */
  readonly haltOnError: boolean;
  /** How races are printed: in Go's layout, or as a line of JSON each. */
  readonly format: 'text' | 'json';
  /** Reports go to this path with `.` and the process id behind it; `stderr` and `stdout` are those. */
  readonly logPath: string;
  /** Left out in front of the paths of reports; undefined for the working folder. */
  readonly stripPathPrefix: string | undefined;
  /** 0 to 7: 32768 · 2 ** n accesses of a thread are kept for their stacks. */
  readonly historySize: number;
  /** Path of a file of suppressions; empty for none. */
  readonly suppressions: string;
  /** Whether memory of WebAssembly is watched where JavaScript uses it. */
  readonly wasm: boolean;
}

/** What holds where PROFRACE is silent. */
export const defaultRaceOptions: RaceOptions = {
  exitCode: 66,
  haltOnError: false,
  format: 'text',
  logPath: 'stderr',
  stripPathPrefix: undefined,
  historySize: 1,
  suppressions: '',
  wasm: false,
};

/** A text of options, and what is wrong with it. */
export interface ParsedRaceOptions {
  readonly options: RaceOptions;
  /** One for each word that cannot be meant. */
  readonly problems: readonly string[];
}

/**
 * Reads `name=value` words, separated by spaces.
 *
 * @param text - the value of PROFRACE
 */
export function parseRaceOptions(text: string): ParsedRaceOptions {
  const problems: string[] = [];
  let options = defaultRaceOptions;
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^([a-z_]+)=(.*)$/.exec(word) ?? [];
    const change = readOption(name, value);
    if (change === undefined) problems.push(`PROFRACE: "${word}" is not an option`);
    else options = { ...options, ...change };
  }
  return { options, problems };
}

function readOption(name: string, value: string): Partial<RaceOptions> | undefined {
  switch (name) {
    case 'exitcode':
      return isInteger(value, 255) ? { exitCode: Number(value) } : undefined;
    case 'halt_on_error':
      return isInteger(value, 1) ? { haltOnError: value === '1' } : undefined;
    case 'format':
      return value === 'text' || value === 'json' ? { format: value } : undefined;
    case 'log_path':
      return value === '' ? undefined : { logPath: value };
    case 'strip_path_prefix':
      return { stripPathPrefix: value };
    case 'history_size':
      return isInteger(value, 7) ? { historySize: Number(value) } : undefined;
    case 'suppressions':
      return { suppressions: value };
    case 'wasm':
      return isInteger(value, 1) ? { wasm: value === '1' } : undefined;
    default:
      return undefined;
  }
}

function isInteger(text: string, max: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= max;
}

/** The options with their paths as they are now: a program may go to another folder. */
export function absoluteOptions(options: RaceOptions): RaceOptions {
  const { logPath, suppressions } = options;
  return {
    ...options,
    logPath: /^std(out|err)$/.test(logPath) ? logPath : resolve(logPath),
    suppressions: suppressions === '' ? '' : resolve(suppressions),
  };
}
