import type { Location, Read } from './location.js';

/** Calls that are kept of those that led to one: a function that calls itself behind each wait has no end of them. */
const maxDepth = 1000;

/** A call of an async function. */
export class Activation {
  readonly number: number;
  /** By whom it was called; undefined where nobody is known, or too many are. */
  readonly parent: Activation | undefined;
  /** Who goes on where this one waits or ends; undefined once the event loop has resumed it. */
  caller: Activation | undefined;
  readonly #depth: number;
  /** Whether a parent was left out. */
  readonly #isCut: boolean;
  readonly #reads = new Map<Location, Map<number, Read>>();

  constructor(number: number, parent: Activation | undefined) {
    this.number = number;
    this.#depth = parent === undefined ? 0 : (parent.#depth + 1) % maxDepth;
    this.#isCut = parent !== undefined && this.#depth === 0;
    this.parent = this.#isCut ? undefined : parent;
    this.caller = parent;
  }

  /** Keeps what was read at a site; a later read there takes its place. */
  keep(location: Location, site: number, read: Read): void {
    const reads = this.#reads.get(location);
    if (reads === undefined) this.#reads.set(location, new Map([[site, read]]));
    else reads.set(site, read);
  }

  /** What was read at some sites. */
  reads(location: Location, sites: readonly number[]): Read[] {
    const reads = this.#reads.get(location);
    return sites.flatMap((site) => reads?.get(site) ?? []);
  }

  /** Whatever it has read of a location, it knows what is there now. */
  refresh(location: Location): void {
    for (const read of this.#reads.get(location)?.values() ?? []) {
      read.version = location.version;
      location.isKnown = true;
    }
  }

  /** Whether it was called by another one, or by one that was; true where that is not known any more. */
  isBelow(other: Activation): boolean {
    for (let at: Activation = this; ; at = at.parent) {
      if (at.parent === other || at.#isCut) return true;
      if (at.parent === undefined) return false;
    }
  }
}
