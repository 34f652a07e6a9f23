/**
 * Go's `%.Nf`: N digits behind the point, an exact tie rounded to the even digit.
 *
 * `toFixed` rounds the exact binary value as well, but a tie up (100.5 → 101) where Go gives 100,
 * drops the sign of -0 and leaves decimal notation at 1e21.
 *
 * @param digits - 0 to 99
 * @returns `NaN`, `+Inf` or `-Inf` for values that are no numbers, as Go prints them
 */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatInfinite(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + fixedMagnitude(Math.abs(value), digits);
}

/** Go's `%+.Nf`: as `formatFixed`, with a sign always. */
export function formatSigned(value: number, digits: number): string {
  const text = formatFixed(value, digits);
  return /^[+-]/.test(text) ? text : `+${text}`;
}

function formatInfinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

function fixedMagnitude(value: number, digits: number): string {
  if (value >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  if (Number.isInteger(value)) return value.toFixed(digits);
  // A tie has at most digits + 1 binary places, so digits + 1 decimal places write it exactly.
  if (!Number.isInteger(value * 2 ** (digits + 1))) return value.toFixed(digits);
  const exact = value.toFixed(digits + 1);
  const isEvenTie = /[02468]\.?5$/.test(exact);
  return isEvenTie ? exact.replace(/\.?5$/, '') : value.toFixed(digits);
}
