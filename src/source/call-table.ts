import type { Program } from 'acorn';
import { type CallSite, callSitesOf, isOnlyBuiltin } from './call-sites.js';
import { functionsOf, type SourceFunction } from './functions.js';
import type { Position } from './line-index.js';

/** A function that another one calls, as a profiler has it. */
export interface Called {
  /** As V8 has it. */
  readonly name: string;
  /** Where it starts, if it is in the file of its caller. */
  readonly start: Position | undefined;
}

/**
 * The calls of a file by the functions that they stand in: tells on which line one function calls another. Where the
 * text leaves that open, calls are to be told apart in another way: they are `ambiguous`.
 */
export class CallTable {
  readonly functions: readonly SourceFunction[];
  /** Calls on several lines of a function that may call the same. */
  readonly ambiguous: ReadonlySet<CallSite>;
  readonly #sites = new Map<SourceFunction, CallSite[]>();

  /** @param program - of `code`, parsed with `preserveParens` */
  constructor(program: Program, code: string) {
    this.functions = functionsOf(code);
    const declared = new Set(this.functions.map(({ rawName }) => rawName));
    for (const site of callSitesOf(program, code)) {
      const owner = this.functionAround(site);
      if (owner === undefined) continue;
      const list = this.#sites.get(owner);
      if (list === undefined) this.#sites.set(owner, [site]);
      else list.push(site);
    }
    this.ambiguous = new Set([...this.#sites.values()].flatMap((sites) => ambiguousOf(sites, declared)));
  }

  /** The innermost function that a place is in. */
  functionAround(place: Position): SourceFunction | undefined {
    const { functions } = this;
    let [low, high] = [0, functions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const each = functions[middle];
      if (each !== undefined && isBefore(place, { line: each.startLine, column: each.startColumn }))
        high = middle;
      else low = middle + 1;
    }
    for (let i = low - 1; i >= 0; i--) {
      const each = functions[i];
      if (each && isBefore(place, { line: each.endLine, column: each.endColumn })) return each;
    }
    return undefined;
  }

  /**
   * Whether a function may call another by what its text says; implicit calls, such as an accessor's, are in no text.
   *
   * @param line - where; undefined for anywhere
   */
  mayCall(owner: SourceFunction, called: Called, line: number | undefined): boolean {
    const { name, start } = called;
    return (this.#sites.get(owner) ?? [])
      .filter((site) => line === undefined || site.line === line)
      .some(
        (site) =>
          site.callee === 'any' ||
          site.names.includes(name) ||
          site.given.includes(name) ||
          (start !== undefined && holds(site, start)),
      );
  }

  /**
   * The line on which a function calls another.
   *
   * @param isApart - whether a call is told apart in another way, so that it is not the one
   * @returns undefined where the text leaves it open
   */
  lineOfCall(
    owner: SourceFunction,
    called: Called,
    isApart: (site: CallSite) => boolean,
  ): number | undefined {
    const sites = this.#sites.get(owner) ?? [];
    const { start } = called;
    const around = start === undefined ? [] : sites.filter((site) => holds(site, start));
    // Enclosing ones come first.
    if (around.length > 0) return around.at(-1)?.line;
    const open = sites.filter((site) => !isApart(site));
    const named = sites.filter(({ names }) => names.includes(called.name));
    if (named.length > 0) return onlyLine(named.filter((site) => !isApart(site)));
    const given = open.filter((site) => site.given.includes(called.name));
    if (given.length > 0) return onlyLine(given);
    const any = open.filter(({ callee }) => callee === 'any');
    if (any.length > 0) return onlyLine(any);
    return onlyLine(open.filter(({ callee }) => callee === 'names'));
  }
}

/** Whether a place is in a call. */
function holds(site: CallSite, place: Position): boolean {
  return !isBefore(place, site.start) && isBefore(place, site.end);
}

/** The one line that all of them are on. */
function onlyLine(sites: readonly CallSite[]): number | undefined {
  const [first] = sites;
  return sites.every(({ line }) => line === first?.line) ? first?.line : undefined;
}

function ambiguousOf(sites: readonly CallSite[], declared: ReadonlySet<string>): CallSite[] {
  const names = new Set(sites.flatMap((site) => site.names));
  const found = [...names]
    .filter((name) => !isOnlyBuiltin(name, declared))
    .flatMap((name) =>
      severalLines(sites.filter((site) => site.callee !== 'language' && site.names.includes(name))),
    );
  const given = new Set(sites.flatMap((site) => site.given.filter((name) => declared.has(name))));
  const handed = [...given].flatMap((name) =>
    severalLines(sites.filter((site) => site.given.includes(name))),
  );
  const any = severalLines(sites.filter(({ callee }) => callee === 'any'));
  return [...found, ...handed, ...any];
}

function severalLines(sites: readonly CallSite[]): readonly CallSite[] {
  return onlyLine(sites) === undefined ? sites : [];
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
