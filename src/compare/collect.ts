import { grown } from '../benchfmt/growable.js';
import { type BenchLine, BenchReader, type BenchVisitor, type Problem } from '../benchfmt/reader.js';
import { keepAll, type Verdict } from '../query/filter.js';
import type { Projection } from '../query/projection.js';
import { tidyUnit } from '../unit/tidy.js';
import { CellTable } from './cell-table.js';
import { IdTable } from './id-table.js';
import { PairMap } from './pair-map.js';
import { ResultSubject } from './result-subject.js';
import { Samples } from './samples.js';
import type { StatQuery } from './stat-query.js';
import { TupleCache } from './tuple-cache.js';

/** The values of all results, cell by cell. A cell is what one row and one column of a table have in common. */
export interface Collected {
  /** Numbers of a table's tuple and of a unit, by the number of the table. */
  readonly tables: IdTable;
  /** Units in the order in which they appeared. */
  readonly units: readonly string[];
  readonly cells: CellTable;
  /** The values of each cell. */
  readonly samples: Samples;
  /** Of cells whose results differ in what no expression asked for: the tuples of that. */
  readonly residues: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Sorts results into cells as they are read; see `StatQuery`. */
export class Collector implements BenchVisitor {
  readonly reader: BenchReader = new BenchReader(this);
  readonly #query: StatQuery;
  readonly #onProblem: (problem: Problem) => void;
  readonly #tuples: Readonly<Record<'table' | 'row' | 'col' | 'residue', TupleCache>>;
  readonly #units = new Map<string, number>();
  readonly #tables = new IdTable();
  readonly #cells = new CellTable();
  /** Of each cell, the residue of its first results. */
  readonly #firstResidue: number[] = [];
  readonly #residues = new Map<number, Set<number>>();
  /** Results of one name under one configuration stand in the same place. */
  #groups = new PairMap();
  /** Name and configuration, by group. */
  #names = new Int32Array(64);
  #configs = new Int32Array(64);
  #verdicts: Verdict[] = [];
  /** A metric of a group always goes to the same cell; -1 where the filter leaves it out. */
  #cellOf = new PairMap();
  /** Numbers of the metrics' units. */
  readonly #unitOf: number[] = [];
  readonly #checkedMetrics = new Set<number>();
  /** Values in the order of the files, and the cell of each. */
  #values = new Float64Array(1 << 10);
  #cellOfValue = new Int32Array(1 << 10);
  #count = 0;

  constructor(query: StatQuery, onProblem: (problem: Problem) => void) {
    this.#query = query;
    this.#onProblem = onProblem;
    const cache = (projection: Projection): TupleCache => new TupleCache(projection, this.reader);
    const { table, row, col, residue } = query;
    this.#tuples = { table: cache(table), row: cache(row), col: cache(col), residue: cache(residue) };
  }

  problem(problem: Problem): void {
    this.#onProblem(problem);
  }

  result(line: BenchLine): void {
    const group = this.#groups.get(line.name, line.config) ?? this.#newGroup(line.name, line.config);
    if (this.#verdicts[group] === false) return;
    for (let i = 0; i < line.count; i++) {
      const value = line.values[i] ?? 0;
      const metric = line.metrics[i] ?? 0;
      if (Number.isNaN(value)) {
        if (this.#keeps(group, metric)) this.#warn(line, i, 'is left out');
        continue;
      }
      const cell = this.#cellFor(group, metric);
      if (cell < 0) continue;
      this.#warnUnscaled(line, i);
      this.#append(value, cell);
    }
  }

  /** All that was read. Nothing can be read after that. */
  finish(): Collected {
    const samples = new Samples(this.#values.subarray(0, this.#count), this.#cellOfValue, this.#cells.size);
    this.#release();
    return {
      ...{ tables: this.#tables, units: [...this.#units.keys()], cells: this.#cells },
      ...{ samples, residues: this.#residues },
    };
  }

  /** Lets go of what is for reading only: of a million names it is half of the memory. */
  #release(): void {
    [this.#groups, this.#cellOf, this.#verdicts] = [new PairMap(), new PairMap(), []];
    [this.#names, this.#configs, this.#cellOfValue] = [new Int32Array(), new Int32Array(), new Int32Array()];
    this.#values = new Float64Array();
  }

  #append(value: number, cell: number): void {
    const i = this.#count++;
    this.#values = grown(this.#values, i + 1);
    this.#cellOfValue = grown(this.#cellOfValue, i + 1);
    this.#values[i] = value;
    this.#cellOfValue[i] = cell;
  }

  /** The cell of a group's values of one metric; -1 where the filter leaves them out. */
  #cellFor(group: number, metric: number): number {
    const known = this.#cellOf.get(group, metric);
    if (known !== undefined) return known;
    const cell = this.#newCell(group, metric);
    this.#cellOf.set(group, metric, cell);
    return cell;
  }

  #newGroup(name: number, config: number): number {
    const group = this.#verdicts.push(this.#judge(name, config)) - 1;
    this.#groups.set(name, config, group);
    (this.#names = grown(this.#names, group + 1))[group] = name;
    (this.#configs = grown(this.#configs, group + 1))[group] = config;
    return group;
  }

  #judge(name: number, config: number): Verdict {
    const { filter } = this.#query;
    return filter === keepAll || filter(new ResultSubject(this.reader, name, config));
  }

  /** Whether the filter leaves values of a metric in a group. */
  #keeps(group: number, metric: number): boolean {
    const [verdict, what] = [this.#verdicts[group], this.reader.metrics[metric]];
    return verdict === true || (typeof verdict === 'function' && what !== undefined && verdict(what));
  }

  #newCell(group: number, metric: number): number {
    if (!this.#keeps(group, metric)) return -1;
    const [name, config] = [this.#names[group] ?? 0, this.#configs[group] ?? 0];
    const unit = (this.#unitOf[metric] ??= this.#unit(metric));
    const { table, row, col, residue } = this.#tuples;
    const tableId = this.#tables.intern(table.of(group, name, config), unit);
    const cell = this.#cells.intern(tableId, row.of(group, name, config), col.of(group, name, config));
    if (this.#query.residue.isOpen) this.#addResidue(cell, residue.of(group, name, config));
    return cell;
  }

  #unit(metric: number): number {
    const name = this.reader.metrics[metric]?.unit ?? '';
    const unit = this.#units.get(name) ?? this.#units.size;
    this.#units.set(name, unit);
    return unit;
  }

  #addResidue(cell: number, residue: number): void {
    const first = (this.#firstResidue[cell] ??= residue);
    if (first === residue) return;
    const all = this.#residues.get(cell) ?? new Set([first]);
    this.#residues.set(cell, all.add(residue));
  }

  /** A value that scaling does not change keeps its unit, and so is compared with none that has been scaled. */
  #warnUnscaled(line: BenchLine, i: number): void {
    const metric = line.metrics[i] ?? 0;
    if (this.#checkedMetrics.has(metric)) return;
    this.#checkedMetrics.add(metric);
    const { unit = '' } = this.reader.metrics[metric] ?? {};
    if (tidyUnit(unit).unit !== unit) this.#warn(line, i, 'is in a table of its own, like all such values');
  }

  #warn({ file, line, metrics, values }: BenchLine, i: number, what: string): void {
    const metric = this.reader.metrics[metrics[i] ?? 0];
    this.problem({ file, line, message: `${values[i]} ${metric?.original ?? metric?.unit} ${what}` });
  }
}
