import { ProfError } from '../error.js';
import { buildGraph } from '../graph/build.js';
import { type Node, sum64 } from '../graph/graph.js';
import { compareInfo } from '../graph/node-info.js';
import type { Matcher } from '../profile/match.js';
import { compareBytes } from '../text/order.js';
import { percentage } from '../unit/percentage.js';
import { graphSource } from './graph-source.js';
import { type FormatValue, formatterFor, type Report } from './report.js';
import type { ReadSource, SourceLines } from './sources.js';

/** What was spent on a line. */
export interface ListLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly flat: bigint;
  readonly cum: bigint;
}

/** The part of a function that is in one file. */
export interface ListFile {
  readonly file: string;
  readonly flat: bigint;
  /** Sum over the lines: more than was spent where the function calls itself. */
  readonly cum: bigint;
  /** Why there are no lines. */
  readonly problem: string | undefined;
  readonly lines: readonly ListLine[];
}

/** A function and its source. */
export interface ListFunction {
  readonly name: string;
  /** None where the profile names no file. */
  readonly files: readonly ListFile[];
}

/** The annotated source of some functions. */
export interface Listing {
  readonly total: bigint;
  readonly format: FormatValue;
  readonly functions: readonly ListFunction[];
}

/** Lines shown in front of the first sampled line, where the function's start is unknown, and behind the last. */
const margin = 5;

/**
 * The source of the functions whose name is meant, with what was spent on each line.
 *
 * @param pattern - what the user asked for, for the error
 * @throws ProfError `no-match` where no function is meant
 */
export function listing(
  report: Report,
  { pattern, matches, readSource }: { pattern: string; matches: Matcher; readSource: ReadSource },
): Listing {
  const nodes = buildGraph(graphSource(report, true), { edges: false }).nodes;
  const byName = groupBy(
    nodes.filter(({ info }) => matches(info.name)),
    ({ info }) => info.name,
  );
  if (byName.size === 0) throw new ProfError('no-match', `no matches found for regexp: ${pattern}`);
  const names = [...byName.keys()].sort(compareBytes);
  const sources = new Sources(readSource);
  return {
    total: report.total,
    format: formatterFor(report, report.options.unit),
    functions: names.map((name) => ({ name, files: listFiles(byName.get(name) ?? [], sources) })),
  };
}

function listFiles(nodes: readonly Node[], sources: Sources): ListFile[] {
  const byFile = groupBy(
    nodes.filter(({ info }) => info.file !== ''),
    ({ info }) => info.file,
  );
  return [...byFile.keys()].sort(compareBytes).map((file) => {
    const own = byFile.get(file) ?? [];
    const range = rangeOf(own);
    const source = range.start > range.end ? sources.known(file) : sources.read(file);
    return {
      file,
      flat: sum64(own.map(({ flat }) => flat)),
      cum: sum64(own.map(({ cum }) => cum)),
      problem: source.state === 'failed' ? source.problem : undefined,
      lines: source.state === 'failed' ? [] : listLines(own, range, source.lines),
    };
  });
}

/**
 * The sources read so far. Where a profile's start lines are wrong, a function's range can be empty:
 * then its file is not read, but a failure to read it for another function is told again.
 */
class Sources {
  readonly #readSource: ReadSource;
  readonly #known = new Map<string, SourceLines>();

  constructor(readSource: ReadSource) {
    this.#readSource = readSource;
  }

  read(file: string): SourceLines {
    const source = this.#known.get(file) ?? this.#readSource(file);
    this.#known.set(file, source);
    return source;
  }

  known(file: string): SourceLines {
    return this.#known.get(file) ?? { state: 'read', lines: [] };
  }
}

function listLines(nodes: readonly Node[], { start, end }: LineRange, texts: readonly string[]): ListLine[] {
  const byLine = groupBy(nodes, ({ info }) => info.line);
  const lines: ListLine[] = [];
  for (let line = start; line <= Math.min(end, texts.length); line++) {
    const own = byLine.get(line) ?? [];
    const [flat, cum] = [sum64(own.map((node) => node.flat)), sum64(own.map((node) => node.cum))];
    lines.push({ line, text: texts[line - 1] ?? '', flat, cum });
  }
  return lines;
}

/** Lines, 1-based, both included. */
interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The lines to show, 1-based, both included. pprof looks at the nodes of a function in no particular
 * order, and an earlier start keeps a later end from being seen; ours is by what tells them apart.
 */
function rangeOf(nodes: readonly Node[]): LineRange {
  const [first, ...others] = [...nodes].sort(
    (a, b) => a.info.line - b.info.line || compareInfo(a.info, b.info),
  );
  if (first === undefined) return { start: 1, end: 0 };
  let start = startOf(first);
  let end = first.info.line + margin;
  for (const node of others) {
    start = Math.min(start, startOf(node));
    end = Math.max(end, node.info.line + margin);
  }
  return { start: Math.max(start, 1), end };
}

function startOf({ info }: Node): number {
  return info.startLine !== 0 ? info.startLine : info.line - margin;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The annotated source as text. */
export function formatList({ total, format, functions }: Listing): string {
  const lines = functions.flatMap(({ name, files }) => {
    if (files.length === 0) return [`No source information for ${name}`];
    return files.flatMap((file) => formatFile(name, file, { total, format }));
  });
  return `${[`Total: ${format(total)}`, ...lines].join('\n')}\n`;
}

function formatFile(
  name: string,
  { file, flat, cum, problem, lines }: ListFile,
  { total, format }: { total: bigint; format: FormatValue },
): string[] {
  const share = percentage(Number(cum), Number(total));
  const orDot = (value: bigint): string => (value === 0n ? '.' : format(value)).padStart(10);
  return [
    `ROUTINE ======================== ${name} in ${file}`,
    `${format(flat).padStart(10)} ${format(cum).padStart(10)} (flat, cum) ${share} of Total`,
    ...(problem === undefined ? [] : [` Error: ${problem}`]),
    ...lines.map(
      ({ line, text, ...value }) =>
        `${orDot(value.flat)} ${orDot(value.cum)} ${String(line).padStart(6)}:${text}`,
    ),
  ];
}
