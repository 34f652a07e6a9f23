import { median } from '../stats/quantile.js';
import { type Sample, sampleOf } from '../stats/sample.js';
import { uTest } from '../stats/u-test.js';
import { type CmpUnit, cmpUnits, quantityOf } from './benchcmp.js';
import { Gate, type GateReport, type GateRules } from './gate.js';
import type { Measured, Run } from './parse-run.js';

/**
 * Judges all benchmarks that two runs have in common, metric by metric. All results of a name count, in whatever
 * order and number, also where the comparison pairs them or shows the fastest only.
 */
export function judgeRuns(before: Run, after: Run, rules: GateRules): GateReport {
  const gate = new Gate(rules);
  for (const [name, olds] of before) {
    const news = after.get(name) ?? [];
    for (const unit of cmpUnits) judgeMetric({ name, unit }, samplesOf(olds, news, unit), gate);
  }
  return gate.report;
}

function samplesOf(olds: readonly Measured[], news: readonly Measured[], unit: CmpUnit): [Sample, Sample] {
  const values = (results: readonly Measured[]): Sample =>
    sampleOf(results.flatMap((measured) => quantityOf(measured, unit)?.value ?? []).filter(isNumber));
  return [values(olds), values(news)];
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}

function judgeMetric(
  what: { readonly name: string; readonly unit: CmpUnit },
  [before, after]: readonly [Sample, Sample],
  gate: Gate,
): void {
  if (before.length === 0 || after.length === 0) return;
  gate.judge({
    ...what,
    column: undefined,
    better: what.unit === 'MB/s' ? 'higher' : 'lower',
    isExact: false,
    before: median(before),
    after: median(after),
    p: uTest(before, after) ?? 1,
    sizes: [before.length, after.length],
  });
}
