/** What went wrong, named after what the user can do about it; each is a heading in docs/errors.md. */
export type ErrorCode =
  | 'usage'
  | 'not-found'
  | 'unreadable'
  | 'unwritable'
  | 'bad-profile'
  | 'bad-bench'
  | 'bad-variant'
  | 'no-match'
  | 'failed'
  | 'regression'
  | 'race'
  | 'interrupted';

/** The exit status that goes with each code. */
export const exitStatus: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'not-found': 1,
  unreadable: 1,
  unwritable: 1,
  'bad-profile': 1,
  'bad-bench': 1,
  'bad-variant': 1,
  'no-match': 1,
  failed: 1,
  regression: 3,
  race: 66,
  interrupted: 130,
};

/** Extra facts of a `ProfError`. */
export interface ProfErrorOptions {
  /** Full sentences that say what to do; printed indented below the message, a line each. */
  readonly hint?: string | undefined;
  /** The error that led here. */
  readonly cause?: unknown;
}

/**
 * An error of the user's world: a wrong word, an unreadable file, a benchmark that throws.
 * Its message is lower case, without a final stop, and quotes the user's own words. Anything
 * else that is thrown is a bug of the program and keeps its stack.
 */
export class ProfError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: ProfErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProfError';
    this.code = code;
    this.hint = options.hint;
  }
}

/**
 * Whether an error is a `ProfError`, also one that came over from another thread, such as that of Node 20's load
 * hooks, and has lost its class on the way, or one from another copy of this class: the bundle that the launcher
 * runs has its own, the modules that it loads on demand share another.
 */
export function isProfError(error: unknown): error is ProfError {
  if (error instanceof ProfError) return true;
  return error instanceof Error && error.name === 'ProfError' && 'code' in error && 'hint' in error;
}

/** The text of a `ProfError` as the terminal shows it: the line `prof: …`, then the hint, indented. */
export function formatError(error: ProfError): string {
  const hint = error.hint === undefined ? '' : `${error.hint.replace(/^/gm, '  ')}\n`;
  return `prof: ${error.message}\n${hint}`;
}

/** The system's code of an error (`ENOENT`, `EACCES` …), or undefined where it has none. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
