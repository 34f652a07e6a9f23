import { ProfError } from '../error.js';
import type { PassEnd } from '../run/pass-child.js';
import type { BenchmarkPath, Outcome } from './job.js';

/**
 * What came of a benchmark whose process has ended without telling.
 *
 * @throws ProfError where the process could not be started, or was interrupted
 */
export function diedOutcome(path: BenchmarkPath, end: PassEnd, timeoutMillis: number): Outcome {
  const failed = (message: string, hint?: string): Outcome => ({
    kind: 'failed',
    path,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  switch (end.kind) {
    case 'timeout':
      return failed(
        `did not end within ${timeoutMillis / 1000} s`,
        'Is there an endless loop? `--timeout 30m` gives it more time.',
      );
    case 'exited':
      if (end.status === 0)
        return failed(
          'ended without a result',
          'It waits for a promise that nothing settles, or calls process.exit().',
        );
      if (end.status === 9)
        return failed(
          'Node refused its options',
          'See the line above; `--node-option` hands options to Node.',
        );
      return failed(
        `ended its process with status ${end.status}`,
        'A benchmark must not call process.exit().',
      );
    case 'killed':
      return failed(
        `was killed by ${end.signal}`,
        end.signal === 'SIGABRT' ? 'Node ran out of memory or crashed; see the lines above.' : undefined,
      );
    case 'not started':
      throw new ProfError('failed', `cannot start ${process.execPath}: ${end.error.message}`, {
        cause: end.error,
      });
    case 'aborted':
      throw new ProfError('interrupted', 'interrupted');
  }
}
