import type { Frame } from '../profile/builder.js';
import type { ValueType } from '../profile/profile.js';
import type { Format } from './format.js';
import type { Source } from './source.js';
import { StackCollector } from './stack-collector.js';
import { pathOfUrl } from './url-path.js';

/** `node 1234/1235 [001] 12.345678:     250000 cycles:u: `; time, cpu and period may be left out. */
const eventLine =
  /^\s*(\S.*?)\s+(-?\d+)(?:\/(\d+))?\s+(?:\[\d+\]\s+)?(?:(\d+\.\d+):\s+)?(?:(\d+)\s+)?([\w.:/=,@-]+):\s*(\S.*)?$/;

/**
 * What Linux's `perf script` prints: an event with command, process, time and name, below it its stack,
 * leaf first. Node's `--perf-basic-prof` names JavaScript functions with their place, which is taken.
 *
 * @see https://man7.org/linux/man-pages/man1/perf-script.1.html
 */
export const perfScript: Format = {
  name: 'perf script',

  detects(source) {
    const [first = '', second = ''] = source.headLines.filter(
      (line) => !line.startsWith('#') && line.trim() !== '',
    );
    return !/^\s/.test(first) && matchEvent(first) !== null && splitFrame(second) !== undefined;
  },

  read(source) {
    let target: Target | undefined;
    for (const event of eventsOf(source)) {
      target ??= targetFor(source, event);
      addEvent(target, event);
    }
    return (target ?? targetFor(source, undefined)).collector.build();
  },
};

/** The first event decides what is counted. */
interface Target {
  readonly collector: StackCollector;
  readonly withPeriods: boolean;
}

function targetFor(source: Source, first: PerfEvent | undefined): Target {
  const periods = periodTypes(first);
  const collector = new StackCollector(source, {
    sampleTypes: [{ type: 'samples', unit: 'count' }, ...periods],
    defaultSampleType: periods.at(-1)?.type === 'cpu' ? 'cpu' : 'samples',
  });
  return { collector, withPeriods: periods.length > 0 };
}

/** What the periods count: nanoseconds of a clock, or events; nothing where the first sample has none. */
function periodTypes(first: PerfEvent | undefined): ValueType[] {
  if (first?.period === undefined) return [];
  const isClock = /^(cpu|task)-clock/.test(first.labels['event'] ?? '');
  return [isClock ? { type: 'cpu', unit: 'nanoseconds' } : { type: 'events', unit: 'count' }];
}

interface PerfEvent {
  /** 1-based line of the event. */
  readonly number: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Events that the sample stands for, where the file says so. */
  readonly period: number | undefined;
  /** Leaf first. */
  readonly frames: Frame[];
}

function* eventsOf(source: Source): Generator<PerfEvent, void, undefined> {
  let number = 0;
  let event: PerfEvent | undefined;
  for (const line of source.lines()) {
    number += 1;
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      if (event !== undefined) yield event;
      event = undefined;
    } else if (event === undefined) event = eventOf(source, line, number);
    else event.frames.push(frameOf(source, line, number));
  }
  if (event !== undefined) yield event;
}

function eventOf(source: Source, line: string, number: number): PerfEvent {
  const match = matchEvent(line);
  if (match === null) throw source.lineError(number, `"${line.slice(0, 60)}" is not an event`);
  const [, command = '', process = '', thread = process, , period, event = ''] = match;
  const labels = { command, pid: process, thread, event };
  return { number, labels, period: period === undefined ? undefined : Number(period), frames: [] };
}

/** Longer lines are not an event: the pattern would take too long to say so. */
const maxEventLine = 4096;

function matchEvent(line: string): RegExpExecArray | null {
  return line.length > maxEventLine ? null : eventLine.exec(line);
}

function frameOf(source: Source, line: string, number: number): Frame {
  const split = splitFrame(line);
  if (split === undefined) throw source.lineError(number, `"${line.slice(0, 60)}" is not a frame`);
  const { address, symbol, binary } = split;
  const { name, file, startLine } = scriptFrame(symbol.replace(/\+0x[0-9a-f]+$/, ''));
  const shown = name === '' || name === '[unknown]' ? unknownName(address, binary) : name;
  return { name: shown, file, startLine, line: startLine, ...(binary === undefined ? {} : { binary }) };
}

/** Symbols that perf does not know, by binary: those of several are not one function. */
function unknownName(address: string, binary: string | undefined): string {
  const base = binary?.replace(/^.*\//, '') ?? '';
  return base === '' || base === '[unknown]' ? `0x${address}` : `[${base}]`;
}

interface FrameParts {
  readonly address: string;
  readonly symbol: string;
  readonly binary: string | undefined;
}

/** `	    7f3a12 parse+0x1f (/usr/bin/node)`; the file may be left out. */
function splitFrame(line: string): FrameParts | undefined {
  const [all = '', address = ''] = /^\s+([0-9a-f]{1,16})(?=\s|$)/.exec(line) ?? [];
  if (address === '') return undefined;
  const rest = line.slice(all.length).trim();
  const open = openingBracket(rest);
  if (open < 0) return { address, symbol: rest, binary: undefined };
  const inside = rest.slice(open + 1, -1);
  const binary = inside === 'inlined' ? undefined : inside;
  return { address, symbol: rest.slice(0, open).trimEnd(), binary };
}

/** Where the bracket opens that closes at the end; -1 for none. Symbols of C++ have brackets too. */
function openingBracket(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    if (text[i] === ')') depth += 1;
    else if (text[i] === '(' && --depth === 0) return i;
  }
  return -1;
}

/** `JS:*handle file:///app/a.js:12:3`, as V8 names compiled functions; other symbols have no place. */
const scriptSymbol = /^(?:JS|LazyCompile|Function|Eval|Script):[*~^+]?(.*?) ?(\S+?):(\d+)(?::\d+)?$/;

function scriptFrame(symbol: string): { name: string; file: string; startLine: number } {
  const match = symbol.length > maxEventLine ? null : scriptSymbol.exec(symbol);
  if (match === null) return { name: symbol, file: '', startLine: 0 };
  const [, name = '', url = '', line = '0'] = match;
  const startLine = Math.min(Number(line), 2 ** 31);
  return { name: name === '' ? `(anonymous:${line})` : name, file: pathOfUrl(url), startLine };
}

function addEvent({ collector, withPeriods }: Target, { number, labels, period, frames }: PerfEvent): void {
  const locations = frames.map((frame) => collector.locationOf(frame));
  const values = withPeriods ? [1, period ?? 1] : [1];
  collector.add(locations, values, { labels, place: () => `line ${number}` });
}
