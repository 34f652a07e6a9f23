import { scaledLabel } from '../unit/scale.js';
import { appendStack, editSamples } from './edit-samples.js';
import { numberLabels, textLabels } from './labels.js';
import type { Funcs, Locations, Profile } from './profile.js';

/** Keys of labels whose values become frames. */
export interface LabelFrameOptions {
  /** At the root, the first key outermost. */
  readonly roots: readonly string[];
  /** At the leaf, the last key innermost. */
  readonly leaves: readonly string[];
  /** Unit of numeric values. */
  readonly unit: string;
}

/**
 * The profile with frames that stand for labels: the function is the label's values, the file its
 * key. A sample without the label gets a frame without a name.
 */
export function addLabelFrames(
  profile: Profile,
  { roots, leaves, unit }: LabelFrameOptions,
): { profile: Profile; matches: { readonly roots: boolean; readonly leaves: boolean } } {
  const matches = { roots: roots.length === 0, leaves: leaves.length === 0 };
  if (matches.roots && matches.leaves) return { profile, matches };
  const frames = new LabelFrames(profile, unit);
  const { samples } = profile;
  const framesOf = (i: number, keys: readonly string[]): LabelFrame[] =>
    [...keys].reverse().map((key) => frames.get(i, key));
  const edited = editSamples(samples, (i, stack) => {
    const [atRoot, atLeaf] = [framesOf(i, roots), framesOf(i, leaves)];
    matches.roots ||= atRoot.some(({ hasLabel }) => hasLabel);
    matches.leaves ||= atLeaf.some(({ hasLabel }) => hasLabel);
    for (const { location } of atLeaf) stack.push(location);
    appendStack(samples, i, stack);
    for (const { location } of atRoot) stack.push(location);
    return true;
  });
  return { profile: { ...frames.extend(profile), samples: edited }, matches };
}

interface LabelFrame {
  /** Location by index. */
  readonly location: number;
  /** Whether the sample has the label. */
  readonly hasLabel: boolean;
}

class LabelFrames {
  readonly #profile: Profile;
  readonly #unit: string;
  /** Index behind the profile's own locations, by key and values. */
  readonly #indices = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #keys: string[] = [];

  constructor(profile: Profile, unit: string) {
    this.#profile = profile;
    this.#unit = unit;
  }

  get(i: number, key: string): LabelFrame {
    const values = labelValues(this.#profile, i, { key, unit: this.#unit });
    const name = values.join(',');
    const id = `${name}\0${key}`;
    let index = this.#indices.get(id);
    if (index === undefined) {
      index = this.#names.length;
      this.#indices.set(id, index);
      this.#names.push(name);
      this.#keys.push(key);
    }
    return { location: this.#profile.locations.count + index, hasLabel: values.length > 0 };
  }

  /** The profile with the frames' functions and locations behind its own. */
  extend(profile: Profile): Profile {
    return { ...profile, funcs: this.#extendFuncs(profile), locations: this.#extendLocations(profile) };
  }

  #extendFuncs({ funcs, strings }: Profile): Funcs {
    const added = this.#names.length;
    const number = (text: string): number => strings.getOrInsert(text);
    return {
      count: funcs.count + added,
      id: extend(funcs.id, idsBehind(funcs.id, added)),
      name: extend(funcs.name, this.#names.map(number)),
      systemName: extend(
        funcs.systemName,
        this.#names.map(() => 0),
      ),
      file: extend(funcs.file, this.#keys.map(number)),
      startLine: extend(
        funcs.startLine,
        this.#names.map(() => 0),
      ),
    };
  }

  #extendLocations({ locations, funcs }: Profile): Locations {
    const zeros = this.#names.map(() => 0);
    const lines = locations.lineFunc.length;
    return {
      count: locations.count + zeros.length,
      id: extend(locations.id, idsBehind(locations.id, zeros.length)),
      address: extend(
        locations.address,
        zeros.map(() => 0n),
      ),
      mapping: extend(
        locations.mapping,
        zeros.map(() => -1),
      ),
      isFolded: extend(locations.isFolded, zeros),
      lineStart: extend(
        locations.lineStart,
        zeros.map((_, i) => lines + i + 1),
      ),
      lineFunc: extend(
        locations.lineFunc,
        zeros.map((_, i) => funcs.count + i),
      ),
      lineNumber: extend(locations.lineNumber, zeros),
      lineColumn: extend(locations.lineColumn, zeros),
    };
  }
}

/** A column with more entries behind. */
function extend<T extends BigUint64Array | Uint32Array | Float64Array | Int32Array | Uint8Array>(
  column: T,
  more: readonly T[number][],
): T {
  const type = column.constructor as new (length: number) => T;
  const longer = new type(column.length + more.length);
  longer.set(column as never);
  longer.set(more as never, column.length);
  return longer;
}

/** Ids that are larger than all others. */
function idsBehind(ids: BigUint64Array, count: number): bigint[] {
  let largest = 0n;
  for (const id of ids) if (id > largest) largest = id;
  return Array.from({ length: count }, (_, i) => largest + BigInt(i + 1));
}

/** The values of a label as texts, numbers in the unit asked for where they have one. */
function labelValues(profile: Profile, i: number, { key, unit }: { key: string; unit: string }): string[] {
  const numbers = numberLabels(profile, i).get(key);
  const texts = textLabels(profile, i).get(key) ?? [];
  const formatted = numbers?.values.map((value, n) => {
    const from = numbers.units[n];
    return from === undefined ? scaledLabel(Number(value), '', '') : scaledLabel(Number(value), from, unit);
  });
  return [...texts, ...(formatted ?? [])];
}
