import { isProfError, ProfError } from '../error.js';

/** What was thrown in a thread, so that it can be sent to another: V8 clones an error without its name, and no functions. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of an error of our own; undefined for others. */
  readonly own: Pick<ProfError, 'code' | 'hint'> | undefined;
}

/** What is to be sent of something that was thrown. */
export function toThrown(thrown: unknown): Thrown {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const own = isProfError(error) ? { code: error.code, hint: error.hint } : undefined;
  return { name: error.name, message: error.message, stack: error.stack, own };
}

/** The error again. */
export function fromThrown({ name, message, stack, own }: Thrown): Error {
  if (own !== undefined) return new ProfError(own.code, message, { hint: own.hint });
  const error = new Error(message);
  Object.defineProperties(error, { name: { value: name }, stack: { value: stack ?? '' } });
  return error;
}
