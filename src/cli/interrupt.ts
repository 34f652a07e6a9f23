import { ProfError } from '../error.js';

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs `work` with a signal that is aborted by Ctrl-C and the like, so that it can end its
 * children and leave nothing half-written.
 *
 * @throws ProfError `interrupted` when it was, whatever `work` made of it
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const name of signals) process.on(name, abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw new ProfError('interrupted', 'interrupted', { cause: error });
    throw error;
  } finally {
    for (const name of signals) process.off(name, abort);
  }
}
