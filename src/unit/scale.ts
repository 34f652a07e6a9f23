import { formatFixed } from './fixed.js';

interface Unit {
  readonly name: string;
  /** Spellings, lower case, without the plural's s. */
  readonly aliases: readonly string[];
  /** In base units of the family. */
  readonly factor: number;
}

interface Family {
  readonly units: readonly Unit[];
  /** The unit of values below 1 of the smallest, and of unknown targets. */
  readonly fallback: { readonly name: string; readonly factor: number };
}

const families: readonly Family[] = [
  {
    units: [
      { name: 'B', aliases: ['b', 'byte'], factor: 1 },
      { name: 'kB', aliases: ['kb', 'kbyte', 'kilobyte'], factor: 2 ** 10 },
      { name: 'MB', aliases: ['mb', 'mbyte', 'megabyte'], factor: 2 ** 20 },
      { name: 'GB', aliases: ['gb', 'gbyte', 'gigabyte'], factor: 2 ** 30 },
      { name: 'TB', aliases: ['tb', 'tbyte', 'terabyte'], factor: 2 ** 40 },
      { name: 'PB', aliases: ['pb', 'pbyte', 'petabyte'], factor: 2 ** 50 },
    ],
    fallback: { name: 'B', factor: 1 },
  },
  {
    units: [
      { name: 'ns', aliases: ['ns', 'nanosecond'], factor: 1 },
      { name: 'us', aliases: ['μs', 'us', 'microsecond'], factor: 1e3 },
      { name: 'ms', aliases: ['ms', 'millisecond'], factor: 1e6 },
      { name: 's', aliases: ['s', 'sec', 'second'], factor: 1e9 },
      { name: 'hrs', aliases: ['hour', 'hr'], factor: 3.6e12 },
    ],
    fallback: { name: 's', factor: 1e9 },
  },
  {
    units: [
      { name: 'n*GCU', aliases: ['nanogcu'], factor: 1e-9 },
      { name: 'u*GCU', aliases: ['microgcu'], factor: 1e-6 },
      { name: 'm*GCU', aliases: ['milligcu'], factor: 1e-3 },
      { name: 'GCU', aliases: ['gcu'], factor: 1 },
      { name: 'k*GCU', aliases: ['kilogcu'], factor: 1e3 },
      { name: 'M*GCU', aliases: ['megagcu'], factor: 1e6 },
      { name: 'G*GCU', aliases: ['gigagcu'], factor: 1e9 },
      { name: 'T*GCU', aliases: ['teragcu'], factor: 1e12 },
      { name: 'P*GCU', aliases: ['petagcu'], factor: 1e15 },
    ],
    fallback: { name: 'GCU', factor: 1 },
  },
];

/** Targets that mean "a value without a unit" where the source unit is unknown. */
const plain = new Set(['count', 'sample', 'unit', 'minimum', 'auto']);

/** A value and the unit that it is in; the unit is empty where it says nothing. */
export interface Scaled {
  readonly value: number;
  readonly unit: string;
}

/**
 * A value in another unit, as pprof converts: within memory, time or GCU; `minimum` and `auto` take
 * the largest unit in which the value is at least 1; an unknown target gives the family's own unit;
 * a value of an unknown unit keeps its number and takes the target's name.
 */
export function scale(value: number, from: string, to: string): Scaled {
  // The least int64 has no positive counterpart, and pprof scales it as it is.
  if (value < 0 && value !== -(2 ** 63)) {
    const positive = scale(-value, from, to);
    return { value: -positive.value, unit: positive.unit };
  }
  for (const family of families) {
    const unit = findUnit(family, from);
    if (unit !== undefined) return convert(value * unit.factor, family, to);
  }
  return { value, unit: plain.has(to) ? '' : to };
}

/** A value as pprof prints it: at most two decimals, none where they are zero, 0 without unit. */
export function scaledLabel(value: number, from: string, to: string): string {
  const scaled = scale(value, from, to);
  const text = formatFixed(scaled.value, 2).replace(/\.00$/, '');
  return text === '0' || text === '-0' ? '0' : text + scaled.unit;
}

/** A value in the largest unit in which it is at least 1. */
export function autoLabel(value: number, unit: string): string {
  return scaledLabel(value, unit, 'auto');
}

/** Whether two units belong to one family, so that values can be converted. */
export function areConvertible(a: string, b: string): boolean {
  return families.some((family) => findUnit(family, a) !== undefined && findUnit(family, b) !== undefined);
}

function findUnit({ units }: Family, name: string): Unit | undefined {
  const lower = name.toLowerCase();
  // pprof counts bytes: the two of μ make "μs" long enough to lose its s.
  const singular = Buffer.byteLength(lower) > 2 && lower.endsWith('s') ? lower.slice(0, -1) : lower;
  return units.find(({ aliases }) => aliases.includes(singular));
}

function convert(base: number, family: Family, to: string): Scaled {
  const unit = to === 'minimum' || to === 'auto' ? largestUnit(family, base) : findUnit(family, to);
  const { name, factor } = unit ?? family.fallback;
  return { value: base / factor, unit: name };
}

function largestUnit({ units }: Family, base: number): Unit | undefined {
  return units.filter(({ factor }) => base / factor >= 1).at(-1);
}
