const powersOfTen = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const zero = 48;
const point = 46;

/**
 * A plain decimal number, such as `1662` or `0.3451`, of at most 15 digits.
 *
 * @returns NaN for everything else, numbers in other notations among it
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let digits = 0;
  let fraction = -1;
  // Up to 15 digits and a power of ten up to 22 are exact, so that their quotient is rounded once.
  if (end - start > 16) return Number.NaN;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] ?? 0) - zero;
    if (digit >= 0 && digit <= 9) {
      digits = 10 * digits + digit;
      if (fraction >= 0) fraction++;
    } else if (bytes[i] === point && fraction < 0) fraction = 0;
    else return Number.NaN;
  }
  const count = end - start - (fraction >= 0 ? 1 : 0);
  if (count === 0 || count > 15) return Number.NaN;
  return fraction > 0 ? digits / (powersOfTen[fraction] ?? 1) : digits;
}

/** Whether the bytes are digits only, few enough for every whole number that they can make. */
export function isCount(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (((bytes[i] ?? 0) - zero) >>> 0 > 9) return false;
  return end > start && end - start <= 18;
}
