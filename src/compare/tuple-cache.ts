import { grown } from '../benchfmt/growable.js';
import type { BenchReader } from '../benchfmt/reader.js';
import type { Projection } from '../query/projection.js';
import { ResultSubject } from './result-subject.js';

/**
 * Remembers tuples of a projection: groups that agree in what it looks at share one.
 */
export class TupleCache {
  readonly #projection: Projection;
  readonly #reader: BenchReader;
  readonly #scope: Projection['scope'];
  /** A name that is not known yet always has a tuple of its own. */
  readonly #isOfName: boolean;
  /** Tuples plus 1 by name or by configuration; 0 where there is none yet. */
  #known = new Int32Array(64);

  constructor(projection: Projection, reader: BenchReader) {
    this.#projection = projection;
    this.#reader = reader;
    this.#scope = projection.scope;
    this.#isOfName = projection.isOfWholeName;
  }

  /** The number of the tuple of a group, which has that name and that configuration. */
  of(group: number, name: number, config: number): number {
    const key = this.#scope === 'name' ? name : this.#scope === 'config' ? config : group;
    const known = this.#known[key] ?? 0;
    if (known > 0) return known - 1;
    const tuple = this.#isOfName
      ? this.#projection.projectName(name, this.#reader)
      : this.#projection.project(new ResultSubject(this.#reader, name, config));
    this.#known = grown(this.#known, key + 1);
    this.#known[key] = tuple + 1;
    return tuple;
  }
}
