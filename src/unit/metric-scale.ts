import { formatFixed } from './fixed.js';

/** Whether a unit's prefixes are powers of 1000 (k, M) or of 1024 (Ki, Mi). */
export type UnitClass = 'decimal' | 'binary';

const byteUnits = new Set(['B', 'MB', 'bytes']);

/** The class of a unit: binary where it has bytes above the line, such as `B/op`, `text-bytes` or `B/s`. */
export function unitClass(unit: string): UnitClass {
  let isBelow = false;
  for (const part of unit.split(/([-*/\s])/)) {
    if (part === '/' || part === '*') isBelow = part === '/';
    if (!isBelow && byteUnits.has(part)) return 'binary';
  }
  return 'decimal';
}

/** How the values of a row are written: divided, with so many decimals, and a prefix behind. */
export interface MetricScale {
  readonly decimals: number;
  readonly factor: number;
  readonly prefix: string;
}

/** A prefix, and the least values that have one, two and three decimals with it. */
interface Prefix {
  readonly factor: number;
  readonly prefix: string;
  readonly least: readonly [number, number, number];
}

/** What rounds to 100.0, 10.00 and 1.000. */
const least = ['99.995', '9.9995', '.99995'] as const;

function leastOf(value: (text: string) => number): Prefix['least'] {
  return [value(least[0]), value(least[1]), value(least[2])];
}

const prefixes: Readonly<Record<UnitClass, readonly Prefix[]>> = {
  decimal: ['T', 'G', 'M', 'k', '', 'm', 'µ', 'n'].map((prefix, i) => {
    const power = 12 - 3 * i;
    return { factor: Number(`1e${power}`), prefix, least: leastOf((text) => Number(`${text}e${power}`)) };
  }),
  // There is none below 1: a thousandth of a kibibyte means nothing.
  binary: ['Ti', 'Gi', 'Mi', 'Ki', ''].map((prefix, i) => {
    const factor = 2 ** (40 - 10 * i);
    return { factor, prefix, least: leastOf((text) => Number(text) * factor) };
  }),
};

/** What has at least this size in the smallest prefix gets 3, 4, 5 … decimals, 10 at most. */
const leastBelow = Array.from({ length: 8 }, (_, i) => Number(`9.9995e-${i + 1}`));

/**
 * The scale at which the value nearest to 0, but for 0 itself, has four significant digits; others have more.
 *
 * @param values - all in one unit of that class, in base units
 */
export function commonScale(values: Iterable<number>, unit: UnitClass): MetricScale {
  let nearest = Number.POSITIVE_INFINITY;
  let isAllZero = true;
  for (const value of values) {
    if (value === 0 || Number.isNaN(value)) continue;
    isAllZero = false;
    nearest = Math.min(nearest, Math.abs(value));
  }
  return isAllZero ? { decimals: 3, factor: 1, prefix: '' } : scaleOf(nearest, unit);
}

function scaleOf(magnitude: number, unit: UnitClass): MetricScale {
  for (const { factor, prefix, least } of prefixes[unit]) {
    const i = least.findIndex((size) => magnitude >= size);
    if (i >= 0) return { decimals: i + 1, factor, prefix };
  }
  const { factor, prefix } = prefixes[unit].at(-1) ?? { factor: 1, prefix: '' };
  const i = leastBelow.findIndex((size) => magnitude / factor >= size);
  return { decimals: (i < 0 ? leastBelow.length - 1 : i) + 3, factor, prefix };
}

/** A value at a scale, such as `1.718µ`. */
export function formatScaled(value: number, { decimals, factor, prefix }: MetricScale): string {
  return formatFixed(value / factor, decimals) + prefix;
}
