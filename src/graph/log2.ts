/** ln 2 in two parts: the first has so few digits that its product with an exponent is exact. */
const ln2 = { high: 0.6931471803691238, low: 1.9082149292705877e-10 };

/** What approximates ln((1 + s) / (1 - s)) / s - 2 as a polynomial in s², lowest power first. */
const terms = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
] as const;

/**
 * The binary logarithm, to the last bit the one that Go computes.
 *
 * `Math.log2` may differ in that bit, and then nodes change places: a score is a logarithm times a
 * value, and values go up to 2^63.
 *
 * @param value - from 2^-1000 to 2^1000; what has no logarithm gives what `Math.log2` gives
 * @see https://www.netlib.org/fdlibm/e_log.c for the method and its error, less than one unit in the last place
 */
export function log2(value: number): number {
  if (!(value > 0) || value === Infinity) return Math.log2(value);
  const { fraction, exponent } = split(value);
  return fraction === 0.5 ? exponent - 1 : ln(fraction) * (1 / Math.LN2) + exponent;
}

/** value = fraction × 2^exponent, the fraction from 0.5 to below 1. */
function split(value: number): { readonly fraction: number; readonly exponent: number } {
  let exponent = Math.floor(Math.log2(value)) + 1;
  let fraction = value / 2 ** exponent;
  // The logarithm of what is close to a power of two may be that of the power.
  if (fraction >= 1) [fraction, exponent] = [fraction / 2, exponent + 1];
  else if (fraction < 0.5) [fraction, exponent] = [fraction * 2, exponent - 1];
  return { fraction, exponent };
}

/** The natural logarithm of a number from 0.5 to 1. The order of the operations decides about the last bit. */
function ln(fraction: number): number {
  const k = fraction < Math.SQRT1_2 ? -1 : 0;
  const f = (k === 0 ? fraction : fraction * 2) - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const [t1, t2, t3, t4, t5, t6, t7] = terms;
  const odd = s2 * (t1 + s4 * (t3 + s4 * (t5 + s4 * t7)));
  const even = s4 * (t2 + s4 * (t4 + s4 * t6));
  const half = 0.5 * f * f;
  return k * ln2.high - (half - (s * (half + (odd + even)) + k * ln2.low) - f);
}
