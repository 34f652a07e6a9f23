import type { Profile } from '../profile/profile.js';
import type { Costs } from './diff.js';
import { operationsOf } from './operations.js';
import type { ReportOptions, Warn } from './options.js';
import { prepareReport } from './report.js';
import { topTable } from './top.js';

/** What costs are counted in. */
export interface CostUnit {
  /** Whether they are those of one operation, or shares of the profile's total. */
  readonly per: 'operation' | 'total';
  /** Such as `cpu` in `nanoseconds`. */
  readonly type: string;
  readonly unit: string;
}

/** The costs of several profiles, all in one unit. */
export interface AllCosts {
  readonly unit: CostUnit;
  readonly costs: readonly Costs[];
}

/** How profiles are read. */
export interface CostRequest {
  readonly options: ReportOptions;
  readonly warn: Warn;
}

/**
 * The costs of each function in each profile: of one operation where every profile says how many there were, else as
 * shares. Where profiles have several benchmarks, an operation is one of each.
 */
export async function profileCosts(profiles: readonly Profile[], request: CostRequest): Promise<AllCosts> {
  const isKnown = profiles.every((profile) => operationsOf(profile).size > 0);
  const costs: Costs[] = [];
  let type = { type: '', unit: '' };
  for (const profile of profiles) {
    const own = isKnown ? await perOperation(profile, request) : await shares(profile, request);
    type = own.type;
    costs.push(own.costs);
  }
  return { unit: { ...type, per: isKnown ? 'operation' : 'total' }, costs };
}

interface TypedCosts {
  readonly costs: Costs;
  readonly type: { readonly type: string; readonly unit: string };
}

async function shares(profile: Profile, request: CostRequest): Promise<TypedCosts> {
  const { rows, total, type } = await rowsOf(profile, request);
  return { type, costs: new Map(rows.map(([name, value]) => [name, total === 0 ? 0 : value / total])) };
}

async function perOperation(profile: Profile, { options, warn }: CostRequest): Promise<TypedCosts> {
  const operations = operationsOf(profile);
  const costs = new Map<string, number>();
  let type = { type: '', unit: '' };
  for (const [bench, count] of operations) {
    const own = operations.size === 1 ? options : ofBenchmark(options, bench);
    const found = await rowsOf(profile, { options: own, warn: operations.size === 1 ? warn : () => {} });
    type = found.type;
    for (const [name, value] of found.rows) costs.set(name, (costs.get(name) ?? 0) + value / count);
  }
  return { costs, type };
}

/** The options with samples of other benchmarks left out, unless labels are chosen already. */
function ofBenchmark(options: ReportOptions, bench: string): ReportOptions {
  const pattern = `bench=^${bench.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')}$`;
  if (options.filters.tagFocus !== '') return options;
  return { ...options, filters: { ...options.filters, tagFocus: pattern } };
}

interface ValueRows {
  readonly rows: readonly (readonly [name: string, value: number])[];
  readonly total: number;
  readonly type: { readonly type: string; readonly unit: string };
}

async function rowsOf(profile: Profile, { options, warn }: CostRequest): Promise<ValueRows> {
  const all = { ...options, trim: false, nodeCount: 0 };
  const report = await prepareReport(profile, { kind: 'top', options: all, warn });
  const rows = topTable(report).rows.map(({ name, flat, cum }) => {
    return [name, Number(options.sort === 'cum' ? cum : flat)] as const;
  });
  return { rows, total: Number(report.total), type: report.sampleType };
}
