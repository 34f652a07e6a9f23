import type { Delta } from './delta.js';

/** Whether a change is for the better. */
export type Verdict = 'better' | 'worse' | 'same';

/** The verdict on a change of a metric of which less is better, or more. */
export function verdictOf({ before, after }: Delta, better: 'less' | 'more'): Verdict {
  if (before < after) return better === 'more' ? 'better' : 'worse';
  if (before > after) return better === 'less' ? 'better' : 'worse';
  return 'same';
}
