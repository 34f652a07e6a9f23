import { grown } from '../benchfmt/growable.js';
import type { Projection } from '../query/projection.js';
import type { Subject } from '../query/subject.js';

/**
 * Remembers tuples of a projection: groups that agree in what it looks at share one.
 */
export class TupleCache {
  readonly #projection: Projection;
  readonly #subject: (name: number, config: number) => Subject;
  readonly #scope: Projection['scope'];
  /** A key that is not known yet always has a tuple of its own. */
  readonly #isNew: boolean;
  /** Tuples plus 1 by name or by configuration; 0 where there is none yet. */
  #known = new Int32Array(64);

  constructor(projection: Projection, subject: (name: number, config: number) => Subject) {
    this.#projection = projection;
    this.#subject = subject;
    this.#scope = projection.scope;
    this.#isNew = projection.isOfWholeName;
  }

  /** The number of the tuple of a group, which has that name and that configuration. */
  of(group: number, name: number, config: number): number {
    const key = this.#scope === 'name' ? name : this.#scope === 'config' ? config : group;
    const known = this.#known[key] ?? 0;
    if (known > 0) return known - 1;
    const subject = this.#subject(name, config);
    const tuple = this.#isNew ? this.#projection.projectNew(subject) : this.#projection.project(subject);
    this.#known = grown(this.#known, key + 1);
    this.#known[key] = tuple + 1;
    return tuple;
  }
}
