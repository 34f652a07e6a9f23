import type { FlameTree } from '../graph/flame-tree.js';
import { formatDot, picture } from '../report/dot.js';
import { type Flame, flameBoxes, pivotBoxes } from '../report/flame.js';
import { foldedStacks, formatFolded } from '../report/folded.js';
import { type ListLine, listing } from '../report/list.js';
import type { ReportKind } from '../report/options.js';
import { type FormatValue, formatterFor, type Report } from '../report/report.js';
import { tagTable } from '../report/tags.js';
import { topTable } from '../report/top.js';
import { callTree, peekTree, type TreeCall } from '../report/tree.js';
import { compareBytes } from '../text/order.js';
import { percentage } from '../unit/percentage.js';
import type {
  Answers,
  Cost,
  FlameAnswer,
  FlameColumns,
  GraphAnswer,
  PeekAnswer,
  PeekCall,
  ReportAnswer,
  SourceAnswer,
  SourceFile,
  TagsAnswer,
  TextAnswer,
  TopAnswer,
  ViewName,
} from './answers.js';
import { zoomLetter } from './query.js';
import type { ViewContext } from './viewer.js';

/** How the answer to each view is made: from a report of which kind, and by what. */
export const views: {
  readonly [V in Exclude<ViewName, 'about'>]: {
    readonly kind: ReportKind;
    make(context: ViewContext): Answers[V];
  };
} = {
  flame: { kind: 'flame', make: flameAnswer },
  graph: { kind: 'dot', make: graphAnswer },
  top: { kind: 'top', make: topAnswer },
  peek: { kind: 'peek', make: peekAnswer },
  source: { kind: 'list', make: sourceAnswer },
  tags: { kind: 'tags', make: tagsAnswer },
  folded: { kind: 'folded', make: foldedAnswer },
};

/** As many rows as pprof's page shows. */
const maxRows = 500;
/** As many functions as a page of them can take. */
const maxFunctions = 20;
/** Boxes of less than a third of a pixel on a wide screen are not worth sending. */
const defaultMinShare = 1 / 6000;

function head({ report, remarks }: ViewContext, format: FormatValue): ReportAnswer {
  return { remarks, total: format(report.total) };
}

function costOf(value: bigint, total: bigint, format: FormatValue): Cost {
  return {
    text: format(value),
    percent: percentage(Number(value), Number(total)).trim(),
    value: Number(value),
  };
}

function topAnswer(context: ViewContext): TopAnswer {
  const { rows, total, format } = topTable(context.report);
  return {
    ...head(context, format),
    rows: rows.slice(0, maxRows).map(({ name, inlined, flat, cum }) => {
      return { name, inlined, flat: costOf(flat, total, format), cum: costOf(cum, total, format) };
    }),
    left: Math.max(0, rows.length - maxRows),
  };
}

function matcher({ report, pivot }: ViewContext): (text: string) => boolean {
  return report.options.compile(pivot, 'pattern');
}

function peekAnswer(context: ViewContext): PeekAnswer {
  const { report, pivot } = context;
  const byCum = { ...report, options: { ...report.options, sort: 'cum' } } as const;
  const { entries, total, format } =
    pivot === '' ? callTree(byCum) : peekTree(report, pivot, matcher(context));
  const call = ({ name, weight, inline }: TreeCall, of: bigint): PeekCall => {
    return { name, inline, cost: costOf(weight, of, format) };
  };
  return {
    ...head(context, format),
    entries: entries.slice(0, maxFunctions).map(({ name, flat, cum, callers, callees }) => ({
      name,
      flat: costOf(flat, total, format),
      cum: costOf(cum, total, format),
      callers: callers.map((one) => call(one, cum)),
      callees: callees.map((one) => call(one, cum)),
    })),
    left: Math.max(0, entries.length - maxFunctions),
  };
}

function sourceAnswer(context: ViewContext): SourceAnswer {
  const { report, pivot, readSource } = context;
  const isMeant = pivot === '' ? heaviest(report) : matcher(context);
  let met = 0;
  const wanted = new Set<string>();
  const matches = (name: string): boolean => {
    if (!isMeant(name)) return false;
    if (!wanted.has(name) && wanted.size < maxFunctions) wanted.add(name);
    else if (!wanted.has(name)) met++;
    return wanted.has(name);
  };
  const { functions, total, format } = listing(report, { pattern: pivot, matches, readSource });
  const line = ({ line: number, text, flat, cum }: ListLine): SourceFile['lines'][number] => ({
    ...{ line: number, text },
    flat: flat === 0n ? null : costOf(flat, total, format),
    cum: cum === 0n ? null : costOf(cum, total, format),
  });
  return {
    ...head(context, format),
    functions: functions.map(({ name, files }) => ({
      name,
      files: files.map(({ file, flat, cum, problem = '', lines }) => ({
        ...{ file, problem, lines: lines.map(line) },
        flat: costOf(flat, total, format),
        cum: costOf(cum, total, format),
      })),
    })),
    left: met,
  };
}

/** The functions with files that cost most themselves; all where there are none. */
function heaviest(report: Report): (name: string) => boolean {
  const { funcs, strings } = report.profile;
  const withFile = new Set<string>();
  for (let i = 0; i < funcs.count; i++)
    if (funcs.file[i] !== 0) withFile.add(strings.get(funcs.name[i] ?? 0));
  const sums = new Map<string, bigint>();
  const { locations, samples } = report.profile;
  for (let i = 0; i < samples.count; i++) {
    const leaf = samples.stack[samples.start[i] ?? 0] ?? 0;
    const name = strings.get(funcs.name[locations.lineFunc[locations.lineStart[leaf] ?? 0] ?? 0] ?? 0);
    if (withFile.has(name)) sums.set(name, (sums.get(name) ?? 0n) + BigInt(report.values.values[i] ?? 0));
  }
  const order = [...sums].sort(([a, x], [b, y]) => (x < y ? 1 : x > y ? -1 : compareBytes(a, b)));
  const names = new Set(order.slice(0, 5).map(([name]) => name));
  return (name) => names.size === 0 || names.has(name);
}

function tagsAnswer(context: ViewContext): TagsAnswer {
  const { keys, total, format } = tagTable(context.report);
  return {
    ...head(context, format),
    keys: keys.map(({ key, total: sum, values }) => ({
      key,
      total: costOf(sum, total, format),
      values: values
        .slice(0, maxRows)
        .map(({ name, value }) => ({ name, cost: costOf(value, total, format) })),
    })),
  };
}

function graphAnswer(context: ViewContext): GraphAnswer {
  const drawn = picture(context.report);
  const { remarks, ...rest } = head(context, drawn.format);
  return {
    ...rest,
    remarks: [...remarks, ...drawn.remarks],
    dot: formatDot(drawn),
    names: drawn.nodes.map(({ name }) => name),
  };
}

function foldedAnswer({ report }: ViewContext): TextAnswer {
  return { text: formatFolded(foldedStacks(report)) };
}

function flameAnswer(context: ViewContext): FlameAnswer {
  const { report, query, pivot } = context;
  const flame = context.flame();
  const path = (query.get(zoomLetter) ?? '').split('.').filter((word) => word !== '');
  const minShare = Number(query.get('min')) || defaultMinShare;
  const boxes = { minShare, path: path.map(Number) };
  const matches = matcher(context);
  const { callees, callers } =
    pivot === ''
      ? { callees: flameBoxes(flame, boxes), callers: undefined }
      : pivotBoxes(flame, ({ name, file }) => matches(name) || matches(file), boxes);
  const used = new UsedFrames(flame);
  const shown = {
    callees: used.columns(callees),
    callers: callers === undefined ? null : used.columns(callers),
  };
  return {
    ...head(context, formatterFor(report, 'auto')),
    ...{ ...used.lists(), ...shown, isDiff: flame.isDiff, totalValue: flame.total },
    ...{ ...report.sampleType, divideBy: report.options.divideBy },
  };
}

/** The frames that boxes need, numbered anew: a profile can have far more of them than a picture shows. */
class UsedFrames {
  readonly #flame: Flame;
  readonly #numbers = new Map<number, number>();

  constructor(flame: Flame) {
    this.#flame = flame;
  }

  columns({ count: _, node, ...columns }: FlameTree): FlameColumns {
    const frame = Array.from(node, (id, box) => {
      if (box === 0) return -1;
      const known = this.#numbers.get(id) ?? this.#numbers.size;
      this.#numbers.set(id, known);
      return known;
    });
    const plain = Object.entries(columns).map(([name, column]) => [name, Array.from(column)]);
    // Cast: the same columns, as arrays.
    return { ...(Object.fromEntries(plain) as Omit<FlameColumns, 'frame'>), frame };
  }

  lists(): Pick<FlameAnswer, 'frames' | 'packages'> {
    const packages: FlameAnswer['packages'][number][] = [];
    const packageNumbers = new Map<string, number>();
    const frames = [...this.#numbers.keys()].flatMap((id) => {
      const frame = this.#flame.frames[id];
      if (frame === undefined) return [];
      const key = `${frame.package.kind} ${frame.package.name}`;
      const number = packageNumbers.get(key) ?? packages.push(frame.package) - 1;
      packageNumbers.set(key, number);
      const file = frame.line === 0 ? frame.file : `${frame.file}:${frame.line}`;
      return [{ id, name: frame.name, file, package: number }];
    });
    return { frames, packages };
  }
}
