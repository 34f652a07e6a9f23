import type { Whereabouts } from '../stack.js';
import type { Activation } from './activation.js';

/** Stands for a value that is not known. */
export const unknownValue: unique symbol = Symbol('unknown');

/** Stands for an entry of a Set, and for one that is not there. */
export const present: unique symbol = Symbol('present');
/** See `present`. */
export const absent: unique symbol = Symbol('absent');

/** A read of a location by an activation. */
export interface Read {
  readonly where: Whereabouts;
  readonly value: unknown;
  /** What the location had been written to when it was read. */
  version: number;
}

/** A write that others did not know of when they wrote. */
export interface Overwrite {
  /** Undefined for code that no async function has called. */
  readonly activation: Activation | undefined;
  readonly where: Whereabouts;
}

/** A variable, property or entry that an async function has read and may write. */
export class Location {
  /** How people call it. */
  readonly name: string;
  /** Counts the writes. */
  version = 0;
  value: unknown = unknownValue;
  /** Whether an activation has read what is there now. */
  isKnown = false;
  /** The first write since an activation knew what was there. */
  last: Overwrite | undefined;

  constructor(name: string) {
    this.name = name;
  }
}

type Key = unknown;

/** The locations in objects, Maps and Sets that were read. */
export class Locations {
  readonly #inside = new WeakMap<object, Map<Key, Location>>();

  /** Undefined where nobody has read it. */
  get(owner: object, key: Key): Location | undefined {
    return this.#inside.get(owner)?.get(key);
  }

  getOrMake(owner: object, key: Key, name: string): Location {
    let inside = this.#inside.get(owner);
    if (inside === undefined) {
      inside = new Map();
      this.#inside.set(owner, inside);
    }
    let location = inside.get(key);
    if (location === undefined) {
      location = new Location(name);
      inside.set(key, location);
    }
    return location;
  }

  /** All of an owner. */
  *of(owner: object): Generator<Location> {
    yield* this.#inside.get(owner)?.values() ?? [];
  }
}
