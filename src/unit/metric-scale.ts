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
export class MetricScale {
  readonly decimals: number;
  readonly factor: number;
  readonly prefix: string;
  /** Texts by their digits as a number: values of few digits are few, and long tables have the same again and again. */
  readonly #texts: string[] = [];
  readonly #power: number;

  constructor(decimals: number, factor: number, prefix: string) {
    this.decimals = decimals;
    this.factor = factor;
    this.prefix = prefix;
    this.#power = 10 ** decimals;
  }

  /** A value at this scale, such as `1.718µ`. */
  format(value: number): string {
    const scaled = value / this.factor;
    const digits = Math.round(scaled * this.#power);
    // Close to a tie, and with a sign, the exact value decides; the product is off by much less than this.
    const isClear = digits > 0 && digits < mostDigits && Math.abs(digits - scaled * this.#power) < 0.499;
    if (!isClear) return formatFixed(scaled, this.decimals) + this.prefix;
    return (this.#texts[digits] ??= formatFixed(scaled, this.decimals) + this.prefix);
  }
}

const mostDigits = 10_000;

/** A scale, and the least size of values that it is for. */
interface Step {
  readonly least: number;
  readonly scale: MetricScale;
}

/** What rounds to 100.0, 10.00 and 1.000 is the least that has one, two and three decimals with a prefix. */
const least = ['99.995', '9.9995', '.99995'] as const;

const decimalSteps = ['T', 'G', 'M', 'k', '', 'm', 'µ', 'n'].flatMap((prefix, i) => {
  const power = 12 - 3 * i;
  const factor = Number(`1e${power}`);
  return stepsOf(factor, prefix, (text) => Number(`${text}e${power}`));
});

/** There is none below 1: a thousandth of a kibibyte means nothing. */
const binarySteps = ['Ti', 'Gi', 'Mi', 'Ki', ''].flatMap((prefix, i) => {
  const factor = 2 ** (40 - 10 * i);
  return stepsOf(factor, prefix, (text) => Number(text) * factor);
});

/** By size, the greatest first. */
const steps: Readonly<Record<UnitClass, readonly Step[]>> = { decimal: decimalSteps, binary: binarySteps };

function stepsOf(factor: number, prefix: string, size: (text: string) => number): Step[] {
  return least.map((text, i) => ({ least: size(text), scale: new MetricScale(i + 1, factor, prefix) }));
}

/** What has at least this size in the smallest prefix gets 3, 4, 5 … decimals, 10 at most. */
const leastBelow = Array.from({ length: 8 }, (_, i) => Number(`9.9995e-${i + 1}`));

const zeroScale = new MetricScale(3, 1, '');

/**
 * The scale at which the value nearest to 0, but for 0 itself, has four significant digits; others have more.
 *
 * @param values - all in one unit of that class, in base units
 */
export function commonScale(values: readonly number[], unit: UnitClass): MetricScale {
  let nearest = Number.POSITIVE_INFINITY;
  let isAllZero = true;
  for (const value of values) {
    if (value === 0 || Number.isNaN(value)) continue;
    isAllZero = false;
    nearest = Math.min(nearest, Math.abs(value));
  }
  return isAllZero ? zeroScale : scaleOf(nearest, unit);
}

/** The step that was taken last, and the least size of the one above: the rows of a table are mostly alike. */
let last = { ...{ unit: 'decimal' as UnitClass, least: Infinity, above: Infinity }, scale: zeroScale };

function scaleOf(magnitude: number, unit: UnitClass): MetricScale {
  if (magnitude >= last.least && magnitude < last.above && unit === last.unit) return last.scale;
  const own = steps[unit];
  const i = own.findIndex(({ least }) => magnitude >= least);
  const step = own[i];
  if (step === undefined) return smallScale(magnitude, unit);
  last = { unit, least: step.least, above: own[i - 1]?.least ?? Infinity, scale: step.scale };
  return step.scale;
}

/** The scale of what is too small for the smallest prefix. */
function smallScale(magnitude: number, unit: UnitClass): MetricScale {
  const { factor, prefix } = steps[unit].at(-1)?.scale ?? zeroScale;
  const i = leastBelow.findIndex((size) => magnitude / factor >= size);
  return new MetricScale((i < 0 ? leastBelow.length - 1 : i) + 3, factor, prefix);
}
