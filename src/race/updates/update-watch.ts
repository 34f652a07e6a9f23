import { getInstrumented } from '../../source/transform/instrumented.js';
import { type Whereabouts, whereabouts } from '../stack.js';
import { Activation } from './activation.js';
import { type Location, Locations, type Read, unknownValue } from './location.js';

/** The sites of the reads that a write may depend on. */
export interface Dependence {
  /** Reads whose value goes into what is written. */
  readonly data: readonly number[];
  /** Reads that decide whether it is written. */
  readonly control: readonly number[];
}

/** Code that does something to a location. */
export interface Code {
  readonly site: number;
  /** Whose code it is, where that is written in it; else who is running is asked. */
  readonly activation: Activation | undefined;
  readonly dependence: Dependence | undefined;
}

/** A write of a value that was out of date. */
export interface StaleWrite {
  readonly location: Location;
  readonly read: Read;
  readonly write: { readonly activation: Activation; readonly where: Whereabouts };
}

/**
 * Watches what async functions read, and what is written meanwhile.
 *
 * An activation keeps at which version it has read a location. Where it writes what depends on that read, and others
 * have written since, their update is lost.
 */
export class UpdateWatch {
  readonly locations: Locations = new Locations();
  /** Who is running. */
  current: Activation | undefined;
  readonly #onLost: (write: StaleWrite) => void;
  #count = 0;

  constructor(onLost: (write: StaleWrite) => void) {
    this.#onLost = onLost;
  }

  /** An async function is called. */
  enter(): Activation {
    this.current = new Activation(++this.#count, this.current);
    return this.current;
  }

  /** @param value - `unknownValue` where it is not known */
  read(location: Location, value: unknown, { site, activation = this.current }: Code): void {
    if (activation === undefined) return;
    const where = whereabouts('read', getInstrumented, site);
    activation.keep(location, site, { where, value, version: location.version });
    location.isKnown = true;
  }

  /** A location was written, or is about to be, with nothing in between. */
  write(location: Location, value: unknown, code: Code): void {
    const activation = code.activation ?? this.current;
    const stale =
      activation && code.dependence && this.#staleRead(location, value, activation, code.dependence);
    const { isKnown } = location;
    const where =
      isKnown || stale !== undefined
        ? whereabouts('write', getInstrumented, code.site || undefined)
        : undefined;
    if (where !== undefined && activation !== undefined && stale !== undefined)
      this.#onLost({ location, read: stale, write: { activation, where } });
    location.version++;
    location.value = value;
    location.isKnown = false;
    if (isKnown && where !== undefined) location.last = { activation, where };
    activation?.refresh(location);
  }

  /** The read that a write depends on, where the update of another activation came behind it. */
  #staleRead(
    location: Location,
    value: unknown,
    activation: Activation,
    { data, control }: Dependence,
  ): Read | undefined {
    const { last, version } = location;
    const isOther =
      last !== undefined && last.activation !== activation && !last.activation?.isBelow(activation);
    if (!isOther) return undefined;
    const isFresh = (read: Read): boolean => read.version === version;
    const dataReads = activation.reads(location, data);
    const controlReads = activation.reads(location, control);
    // Whoever has looked again knows what it does.
    if ([...dataReads, ...controlReads].some(isFresh)) return undefined;
    const changed = dataReads.find((read) => !isSame(read.value, location.value));
    return changed ?? (isSame(value, location.value) ? undefined : controlReads[0]);
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return a !== unknownValue && Object.is(a, b);
}
