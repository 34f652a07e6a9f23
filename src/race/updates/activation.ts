import type { Location, Read } from './location.js';

/** A call of an async function. */
export class Activation {
  readonly number: number;
  /** By whom it was called; undefined where nobody is known. */
  readonly parent: Activation | undefined;
  /** Who goes on where this one waits or ends; undefined once the event loop has resumed it. */
  caller: Activation | undefined;
  readonly #reads = new Map<Location, Map<number, Read>>();

  constructor(number: number, parent: Activation | undefined) {
    this.number = number;
    this.parent = parent;
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

  /** Whether it was called by another one, or by one that was. */
  isBelow(other: Activation): boolean {
    for (let at = this.parent; at !== undefined; at = at.parent) if (at === other) return true;
    return false;
  }
}
