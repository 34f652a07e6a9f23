import type { Metric } from '../benchfmt/metric.js';
import type { FilterTree } from './parse-filter.js';
import { extractor, type Subject } from './subject.js';

/** Whether a result is kept: as a whole, not at all, or those of its values whose metric passes. */
export type Verdict = boolean | ((metric: Metric) => boolean);

/** Decides about a result. */
export type Filter = (subject: Subject) => Verdict;

/** A filter that can be asked. */
export function compileFilter(tree: FilterTree): Filter {
  switch (tree.kind) {
    case 'and':
      return allOf(tree.parts.map(compileFilter));
    case 'or':
      return anyOf(tree.parts.map(compileFilter));
    case 'not':
      return negated(compileFilter(tree.part));
    case 'match':
      return matchFilter(tree.key, tree.matches);
  }
}

/** Keeps every result. */
export const keepAll: Filter = () => true;

/** Keeps what each of the filters keeps. */
export function allOf(all: readonly Filter[]): Filter {
  const filters = all.filter((filter) => filter !== keepAll);
  if (filters.length === 0) return keepAll;
  return (subject) => {
    const tests: ((metric: Metric) => boolean)[] = [];
    for (const filter of filters) {
      const verdict = filter(subject);
      if (verdict === false) return false;
      if (verdict !== true) tests.push(verdict);
    }
    return tests.length === 0 ? true : (metric) => tests.every((test) => test(metric));
  };
}

function anyOf(filters: readonly Filter[]): Filter {
  return (subject) => {
    const tests: ((metric: Metric) => boolean)[] = [];
    for (const filter of filters) {
      const verdict = filter(subject);
      if (verdict === true) return true;
      if (verdict !== false) tests.push(verdict);
    }
    return tests.length === 0 ? false : (metric) => tests.some((test) => test(metric));
  };
}

function negated(filter: Filter): Filter {
  return (subject) => {
    const verdict = filter(subject);
    return typeof verdict === 'boolean' ? !verdict : (metric) => !verdict(metric);
  };
}

/** `.unit` means the unit of the file as well as that in base units. */
function matchFilter(key: string, matches: (value: string) => boolean): Filter {
  if (key !== '.unit') {
    const extract = extractor(key);
    return (subject) => matches(extract(subject));
  }
  const isMatch = ({ unit, original }: Metric): boolean =>
    matches(unit) || (original !== undefined && matches(original));
  return () => isMatch;
}
