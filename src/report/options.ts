import type { Granularity } from '../profile/aggregate.js';
import type { Matcher } from '../profile/match.js';

/** The reports that read a profile. */
export type ReportKind =
  | 'top'
  | 'tree'
  | 'peek'
  | 'list'
  | 'traces'
  | 'tags'
  | 'raw'
  | 'comments'
  | 'dot'
  | 'callgrind'
  | 'proto'
  | 'topproto'
  | 'folded'
  | 'flame';

/** Makes a test from a regular expression; `what` says in errors whose it is. */
export type Compile = (pattern: string, what: string) => Matcher;

/** Takes a remark for the user; never part of a report. */
export type Warn = (message: string) => void;

/** The options that choose samples and frames; empty for none. In the order in which reports list them. */
export interface FilterTexts {
  readonly focus: string;
  readonly ignore: string;
  readonly hide: string;
  readonly show: string;
  readonly showFrom: string;
  readonly tagFocus: string;
  readonly tagIgnore: string;
  readonly tagShow: string;
  readonly tagHide: string;
  readonly pruneFrom: string;
}

/** All options of the reports, filled. Their words and meanings are pprof's. */
export interface ReportOptions {
  readonly filters: FilterTexts;
  readonly compile: Compile;
  /** Sample type by name or 0-based number; empty for the profile's default, else the last. */
  readonly sampleIndex: string;
  /** Divide by the first sample type. */
  readonly mean: boolean;
  readonly divideBy: number;
  /** `minimum` for one unit in a whole report, `auto` for one per value, or a unit's name. */
  readonly unit: string;
  /** Empty for the report's own default. */
  readonly granularity: Granularity | '';
  readonly noInlines: boolean;
  readonly showColumns: boolean;
  readonly callTree: boolean;
  readonly dropNegative: boolean;
  /** Take percentages of what the filters leave. */
  readonly relativePercentages: boolean;
  /** -1 for the report's own default, 0 for all. */
  readonly nodeCount: number;
  readonly nodeFraction: number;
  readonly edgeFraction: number;
  readonly trim: boolean;
  readonly sort: 'flat' | 'cum';
  /** Leave out what the profile says of itself. */
  readonly compactLabels: boolean;
  /** Folders to look for sources in, separated as in PATH. */
  readonly sourcePath: string;
  /** Beginnings to take off source paths, separated as in PATH. */
  readonly trimPath: string;
  /** Keys of labels to show as frames at the root and at the leaf. */
  readonly tagRoot: readonly string[];
  readonly tagLeaf: readonly string[];
  /** The local time zone: offset from UTC and its name at a time. */
  readonly timeZone: TimeZone;
}

/** The offset from UTC, in seconds, and the short name that apply at a time (seconds since 1970). */
export type TimeZone = (epochSeconds: number) => { readonly offsetSeconds: number; readonly name: string };

/** Coordinated universal time. */
export const utc: TimeZone = () => ({ offsetSeconds: 0, name: 'UTC' });

/** No filter at all. */
const noFilters: FilterTexts = {
  focus: '',
  ignore: '',
  hide: '',
  show: '',
  showFrom: '',
  tagFocus: '',
  tagIgnore: '',
  tagShow: '',
  tagHide: '',
  pruneFrom: '',
};

/** pprof's defaults. */
export const defaultOptions: Omit<ReportOptions, 'compile'> = {
  filters: noFilters,
  sampleIndex: '',
  mean: false,
  divideBy: 1,
  unit: 'minimum',
  granularity: '',
  noInlines: false,
  showColumns: false,
  callTree: false,
  dropNegative: false,
  relativePercentages: false,
  nodeCount: -1,
  nodeFraction: 0.005,
  edgeFraction: 0.001,
  trim: true,
  sort: 'flat',
  compactLabels: false,
  sourcePath: '',
  trimPath: '',
  tagRoot: [],
  tagLeaf: [],
  timeZone: utc,
};

/** The options with what a report changes about them. */
export function optionsFor(kind: ReportKind, options: ReportOptions): ReportOptions {
  const changed = { ...options, ...overrides(kind, options) };
  if (changed.trim) return changed;
  return { ...changed, nodeCount: 0, nodeFraction: 0, edgeFraction: 0 };
}

function overrides(kind: ReportKind, { nodeCount, granularity }: ReportOptions): Partial<ReportOptions> {
  switch (kind) {
    case 'list':
      return { trim: false, granularity: 'lines' };
    case 'peek':
      return { trim: false };
    case 'flame':
      return { trim: false, granularity: granularity === '' ? 'filefunctions' : granularity };
    case 'raw':
    case 'proto':
    case 'callgrind':
      return { trim: false, granularity: 'addresses' };
    case 'top':
    case 'topproto':
      return nodeCount === -1 ? { nodeCount: 0 } : {};
    default:
      return nodeCount === -1 ? { nodeCount: 80 } : {};
  }
}

/** The option as reports and messages write it: `show_from`, `tagfocus`. */
export function optionName(name: keyof FilterTexts): string {
  if (name.startsWith('tag')) return name.toLowerCase();
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
