/** The chance that a standard normal variable is below z. Relative error below 1e-13, in the tails as well. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const tail = x < 2 ? 0.5 - erfSeries(x) / 2 : erfcFraction(x) / 2;
  return z < 0 ? tail : 1 - tail;
}

/**
 * The z below which a standard normal variable lies with the chance `p`.
 *
 * @param p - 0 to 1
 * @returns minus infinity for 0, infinity for 1
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  // Newton's method on the logarithm of the distribution function, which is concave: it cannot run away.
  let z = 0;
  for (let step = 1; Math.abs(step) > 1e-14 * Math.max(1, Math.abs(z)); z -= step) {
    const cdf = normalCdf(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    step = ((Math.log(cdf) - Math.log(p)) * cdf) / density;
  }
  return z;
}

/** The error function by its power series; for x up to 2 or so. @see https://dlmf.nist.gov/7.6#E2 */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The complementary error function by its continued fraction; for x from 2 on. @see https://dlmf.nist.gov/7.9#E1 */
function erfcFraction(x: number): number {
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
