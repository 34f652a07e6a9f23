import { layoutTabs } from '../table/tabwriter.js';
import { detectionPower, type SelfComparison, type SelfComparisonOptions } from './self-comparison.js';

/** What comparing code with itself came to, as a table. */
export function formatSelfComparisons(
  results: readonly SelfComparison[],
  { count, alpha }: SelfComparisonOptions,
): string {
  const rows = results.map((result) => [
    result.name,
    result.unit,
    `${result.different} of ${result.comparisons}`,
    result.leastP === undefined ? '-' : result.leastP.toFixed(3),
    detectableText(result),
  ]);
  const header = ['benchmark', 'unit', 'called different', 'least p', 'detectable'];
  const table = layoutTabs([header, ...rows].map((cells) => `${cells.join('\t')}\n`).join(''), {
    padding: 3,
  });
  return `
${count} runs compared with ${count} runs of the same code. At alpha ${alpha} chance alone calls ${percent(alpha)} of such comparisons different.
Detectable is the smallest change that is found ${percent(detectionPower)} of the time.

${table}`;
}

function detectableText({ detectable }: SelfComparison): string {
  if (detectable === undefined) return 'over 100%';
  return detectable === 0 ? 'any' : percent(detectable);
}

/** A share in percent, two digits of it. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}%`;
}
