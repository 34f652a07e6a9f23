import type { StatView, StatViewCell } from './stat-view.js';

type Kind = 'better' | 'worse' | 'changed' | 'unchanged';

/** What the comparisons come to, in a sentence: how many metrics are better, worse, and not to be told apart. */
export function sumUp(views: readonly StatView[]): string {
  const counts: Record<Kind, number> = { better: 0, worse: 0, changed: 0, unchanged: 0 };
  for (const kind of views.flatMap(kindsOf)) counts[kind]++;
  const changes = (['better', 'worse', 'changed'] as const).filter((kind) => counts[kind] > 0);
  if (changes.length === 0) return counts.unchanged === 0 ? 'Nothing is compared.' : 'No significant change.';
  const words = changes.map((kind) => `${counts[kind]} ${kind}`);
  if (counts.unchanged > 0) words.push(`${counts.unchanged} without a significant change`);
  return `${words.join(', ')}.`;
}

function kindsOf({ rows }: StatView): Kind[] {
  const cells = rows.filter(({ isSummary }) => !isSummary).flatMap((row) => row.cells);
  return cells.flatMap((cell) => (cell === undefined || cell.delta === '' ? [] : [kindOf(cell)]));
}

function kindOf({ delta, verdict }: StatViewCell): Kind {
  if (verdict === 'better' || verdict === 'worse') return verdict;
  return delta === '~' || delta === '0.00%' ? 'unchanged' : 'changed';
}
