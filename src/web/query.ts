import { ProfError } from '../error.js';
import type { Granularity } from '../profile/aggregate.js';
import type { FilterTexts, ReportOptions } from '../report/options.js';

/** The letters of the filters in addresses: pprof's. */
export const filterLetters: Readonly<Record<keyof FilterTexts, string>> = {
  focus: 'f',
  ignore: 'i',
  hide: 'h',
  show: 's',
  showFrom: 'sf',
  tagFocus: 'tf',
  tagIgnore: 'ti',
  tagShow: 'ts',
  tagHide: 'th',
  pruneFrom: 'prunefrom',
};

/** Letters of what is no filter: pprof's, and `pf` and `base`, the profile shown and the one subtracted from it. */
export const viewLetters = {
  sampleIndex: 'si',
  granularity: 'g',
  nodeCount: 'n',
  nodeFraction: 'nf',
  edgeFraction: 'ef',
  sort: 'sort',
  unit: 'unit',
  mean: 'mean',
  relativePercentages: 'rel',
  callTree: 'calltree',
  noInlines: 'noinlines',
  dropNegative: 'dropneg',
  normalize: 'norm',
  profile: 'pf',
  base: 'base',
} as const;

/** The letter of the functions that a view is about: a regular expression. */
export const pivotLetter: string = 'p';

/** The letter of the box that fills the flame graph: numbers of frames from the root on, joined by dots. */
export const zoomLetter: string = 'z';

const granularities: readonly string[] = ['functions', 'filefunctions', 'files', 'lines', 'addresses'];

/**
 * The options of a report with what an address says. What it does not name stays as the command line has it; an empty
 * value takes that away.
 *
 * @throws ProfError `usage` for a value that does not fit
 */
export function optionsOf(query: URLSearchParams, given: ReportOptions): ReportOptions {
  const text = (letter: string, before: string): string => query.get(letter) ?? before;
  const filters = Object.fromEntries(
    Object.entries(filterLetters).map(([name, letter]) => {
      // Cast: the keys of the letters are those of the filters.
      return [name, text(letter, given.filters[name as keyof FilterTexts])];
    }),
  );
  const { sampleIndex, granularity, nodeCount, nodeFraction, edgeFraction, sort, unit } = viewLetters;
  return {
    ...given,
    filters: { ...given.filters, ...filters },
    sampleIndex: text(sampleIndex, given.sampleIndex),
    unit: text(unit, given.unit),
    granularity: granularityOf(query.get(granularity), given.granularity),
    nodeCount: numberOf(query, nodeCount, given.nodeCount),
    nodeFraction: numberOf(query, nodeFraction, given.nodeFraction),
    edgeFraction: numberOf(query, edgeFraction, given.edgeFraction),
    sort: text(sort, given.sort) === 'cum' ? 'cum' : 'flat',
    mean: flagOf(query, viewLetters.mean, given.mean),
    relativePercentages: flagOf(query, viewLetters.relativePercentages, given.relativePercentages),
    callTree: flagOf(query, viewLetters.callTree, given.callTree),
    noInlines: flagOf(query, viewLetters.noInlines, given.noInlines),
    dropNegative: flagOf(query, viewLetters.dropNegative, given.dropNegative),
  };
}

function granularityOf(word: string | null, before: ReportOptions['granularity']): Granularity | '' {
  if (word === null) return before;
  if (word !== '' && !granularities.includes(word)) throw wrong(viewLetters.granularity, word);
  // Cast: one of the granularities, or empty.
  return word as Granularity | '';
}

/** The number of a letter, or what was there before. */
export function numberOf(query: URLSearchParams, letter: string, before: number): number {
  const word = query.get(letter);
  if (word === null || word === '') return before;
  if (!/^-?\d+(\.\d+)?(e-?\d+)?$/.test(word)) throw wrong(letter, word);
  return Number(word);
}

/** Whether a letter says yes, in any of pprof's words, or what was there before. */
export function flagOf(query: URLSearchParams, letter: string, before: boolean): boolean {
  const word = query.get(letter);
  return word === null ? before : ['', '1', 't', 'true', 'y', 'yes'].includes(word.toLowerCase());
}

function wrong(letter: string, word: string): ProfError {
  return new ProfError('usage', `${letter}: "${word}" does not fit`);
}

/** A regular expression, RE2's and JavaScript's, that means just this text. */
export function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
