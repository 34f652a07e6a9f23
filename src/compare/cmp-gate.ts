import { median } from '../stats/quantile.js';
import { type Sample, sampleOf } from '../stats/sample.js';
import { uTest } from '../stats/u-test.js';
import { type CmpUnit, cmpUnits } from './cmp-unit.js';
import { Gate, type GateReport, type GateRules } from './gate.js';
import { allResults, ByName, type Run } from './run.js';

/**
 * Judges all benchmarks that two runs have in common, metric by metric. All results of a name count, in whatever
 * order and number, also where the comparison pairs them or shows the fastest only.
 */
export function judgeRuns(before: Run, after: Run, rules: GateRules): GateReport {
  const gate = new Gate(rules);
  const [was, is] = [new ByName(before, allResults(before)), new ByName(after, allResults(after))];
  for (const first of before.firsts()) {
    const id = before.nameId(first);
    const [olds, news, name] = [was.of(id), is.of(id), before.names.text(id)];
    for (const unit of cmpUnits) {
      judgeMetric({ name, unit }, [sampleIn(before, olds, unit), sampleIn(after, news, unit)], gate);
    }
  }
  return gate.report;
}

function sampleIn(run: Run, results: Uint32Array, unit: CmpUnit): Sample {
  const values: number[] = [];
  for (const result of results) {
    const value = run.value(result, unit);
    if (value !== undefined && !Number.isNaN(value)) values.push(value);
  }
  return sampleOf(values);
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
