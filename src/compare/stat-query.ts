import { allOf, compileFilter, type Filter } from '../query/filter.js';
import { type CompilePattern, parseFilter } from '../query/parse-filter.js';
import { type ProjectionField, parseProjection } from '../query/parse-projection.js';
import { Projection } from '../query/projection.js';
import { extractor } from '../query/subject.js';

/** The expressions that say which results are compared with which. */
export interface StatQueryTexts {
  readonly filter: string;
  readonly table: string;
  readonly row: string;
  readonly col: string;
  readonly ignore: string;
}

/** What is done where nothing is said: tables by configuration, rows by name, columns by file. */
export const defaultQuery: StatQueryTexts = {
  filter: '*',
  table: '.config',
  row: '.fullname',
  col: '.file',
  ignore: '',
};

/** Which results are kept, and in which table, row and column each stands. */
export interface StatQuery {
  readonly filter: Filter;
  /** Without the unit, which is the last word on a table. */
  readonly table: Projection;
  readonly row: Projection;
  readonly col: Projection;
  /** What results of one cell may differ in without any of the expressions saying so. */
  readonly residue: Projection;
}

const options = ['table', 'row', 'col', 'ignore'] as const;

/**
 * Reads the expressions.
 *
 * A key that one of them names is left out of the `.config` and `.fullname` of all.
 *
 * @throws ProfError `usage` for one that is wrong
 */
export function parseStatQuery(texts: StatQueryTexts, compile: CompilePattern): StatQuery {
  const own = compileFilter(parseFilter(texts.filter, compile));
  const [table, row, col, ignore] = options.map((name) => parseProjection(texts[name], `--${name}`));
  const all = [table, row, col, ignore].flatMap((fields) => fields ?? []);
  const general = new Set(['.config', '.fullname']);
  const taken = new Set(all.map(({ key }) => key).filter((key) => !general.has(key)));
  const left = [...general].filter((key) => all.every((field) => field.key !== key));
  const project = (fields: readonly ProjectionField[] = []): Projection => new Projection(fields, taken);
  return {
    filter: allOf([...all.flatMap(listFilter), own]),
    ...{ table: project(table), row: project(row), col: project(col) },
    residue: project(left.map((key) => ({ key, order: 'first' }))),
  };
}

/** A list of values is a filter as well: what has another one is left out. */
function listFilter({ key, order }: ProjectionField): Filter[] {
  if (typeof order !== 'object') return [];
  const values = new Set(order.values);
  const extract = extractor(key);
  return [(subject) => values.has(extract(subject))];
}
