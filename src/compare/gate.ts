import { formatFixed, formatSigned } from '../unit/fixed.js';
import { type Better, changeVerdict } from './better.js';
import { type FailOver, limitOf } from './fail-over.js';

/** Fewer results on a side than this are too few to tell a change from chance. */
export const leastForGate = 6;

/** Metrics that are counted, not measured: single results of them can be compared. */
const exactUnits: ReadonlySet<string> = new Set(['B/op', 'allocs/op']);

/** What a gate lets pass. */
export interface GateRules {
  readonly failOver: readonly FailOver[];
  /** A difference counts where p is not above it. */
  readonly alpha: number;
  /** Whether single results are judged whatever their unit. */
  readonly single: boolean;
}

/** A change of one metric of one benchmark. */
export interface Change {
  readonly name: string;
  /** The column that is compared with the first, where there is more than one to name. */
  readonly column: string | undefined;
  readonly unit: string;
  readonly better: Better | undefined;
  /** Values are exact by the file's own word: every difference is one. */
  readonly isExact: boolean;
  readonly before: number;
  readonly after: number;
  /** Undefined where values are exact. */
  readonly p: number | undefined;
  /** How many results each side has. */
  readonly sizes: readonly [number, number];
}

/** A change for the worse beyond its limit. */
export interface Regression {
  readonly change: Change;
  /** The limit, as a share of the old value. */
  readonly limit: number;
}

/** What a gate found. */
export interface GateReport {
  /** Changes that a limit was looked up for. */
  judged: number;
  /** They trip the gate. */
  readonly failed: Regression[];
  /** They are beyond their limits, and could not be told from chance for want of results. */
  readonly undecided: Regression[];
  /** Units with a limit of which nobody knows whether less or more is better. */
  readonly unknown: Set<string>;
}

/** Judges changes one by one. */
export class Gate {
  readonly report: GateReport = { judged: 0, failed: [], undecided: [], unknown: new Set() };
  readonly #rules: GateRules;

  constructor(rules: GateRules) {
    this.#rules = rules;
  }

  /** Judges a change; see `report`. */
  judge(change: Change): void {
    const limit = limitOf(this.#rules.failOver, change.unit);
    if (limit === undefined) return;
    if (change.better === undefined) {
      this.report.unknown.add(change.unit);
      return;
    }
    this.report.judged++;
    const isWorse = changeVerdict(change.before, change.after, change.better) === 'worse';
    if (!isWorse || worsening(change) <= limit * slack) return;
    const judgement = this.#judgement(change);
    if (judgement !== 'chance') this.report[judgement].push({ change, limit });
  }

  #judgement({ isExact, unit, p, sizes }: Change): 'failed' | 'undecided' | 'chance' {
    const isSingle = sizes.every((size) => size === 1);
    if (isExact) return 'failed';
    if (isSingle) return this.#rules.single || exactUnits.has(unit) ? 'failed' : 'undecided';
    if (Math.min(...sizes) < leastForGate) return 'undecided';
    return p !== undefined && p <= this.#rules.alpha ? 'failed' : 'chance';
  }
}

/** A change from 100 to 105 ns is 5 %, though in binary seconds it is a little more. */
const slack = 1 + 1e-9;

/** How much of the old value a change is; infinite where that is 0. */
function worsening({ before, after }: Change): number {
  return Math.abs(after - before) / Math.abs(before);
}

/** A regression as a line: which metric, by how much, and why it counts or does not. */
export function formatRegression({ change, limit }: Regression): string {
  const { name, column, unit, before, after, p, sizes } = change;
  const percent = before === 0 ? 'up from 0' : `${formatSigned(100 * (after / before - 1), 2)}%`;
  const [n1, n2] = sizes;
  const count = n1 === n2 ? `n=${n1}` : `n=${n1}+${n2}`;
  const facts = p === undefined || n1 + n2 === 2 ? count : `p=${formatFixed(p, 3)} ${count}`;
  const where = column === undefined ? '' : ` in ${column}`;
  return `${name} ${unit}${where}: ${percent} (${facts}), limit ${formatLimit(limit)}`;
}

function formatLimit(limit: number): string {
  return `${Number((100 * limit).toPrecision(12))}%`;
}
