import { grown } from '../benchfmt/growable.js';
import type { Projection } from '../query/projection.js';
import type { Subject } from '../query/subject.js';
import type { IdTable } from './id-table.js';

/** Where groups come from. */
export interface Groups {
  /** Names and configurations, by group. */
  readonly groups: IdTable;
  readonly subject: (group: number) => Subject;
}

/**
 * Remembers tuples of a projection: groups that agree in what it looks at share one.
 */
export class TupleCache {
  readonly #projection: Projection;
  readonly #groups: Groups;
  readonly #scope: Projection['scope'];
  /** Tuples plus 1 by name or by configuration; 0 where there is none yet. */
  #known = new Int32Array(64);

  constructor(projection: Projection, groups: Groups) {
    this.#projection = projection;
    this.#groups = groups;
    this.#scope = projection.scope;
  }

  /** The number of a group's tuple. */
  of(group: number): number {
    const key = this.#key(group);
    const known = this.#known[key] ?? 0;
    if (known > 0) return known - 1;
    const tuple = this.#projection.project(this.#groups.subject(group));
    this.#known = grown(this.#known, key + 1);
    this.#known[key] = tuple + 1;
    return tuple;
  }

  #key(group: number): number {
    if (this.#scope === 'both') return group;
    return this.#groups.groups.part(group, this.#scope === 'name' ? 0 : 1);
  }
}
