// Note: `Math.exp` and `Math.log` differ in the last digit from Go's on amd64, one result in six and one in five
// hundred; geometric means in comma-separated values show all digits. So these two round step by step as Go's do.

/** The leading bits of ln 2, few enough for exact products with exponents, and the rest. */
const ln2 = {
  exp: {
    high: 0.693147180559663,
    low: 2.8235290563031577e-13,
  },
  log: { high: 0.6931471803691238, low: 1.9082149292705877e-10 },
};

/** 1/n! for n from 2 to 8. */
const factorials = [2, 3, 4, 5, 6, 7, 8].map(
  (_, i, all) => 1 / all.slice(0, i + 1).reduce((a, b) => a * b, 1),
);

/**
 * e to the power of x.
 *
 * x is k ln 2 + 16 r with a small r; e^r - 1 is its Taylor polynomial, squared four times.
 */
export function exp(x: number): number {
  // Steps on the way would be subnormal or infinite.
  if (!(Math.abs(x) < 700) || Math.abs(x) < 1e-20) return Math.exp(x);
  const k = roundToEven(x * Math.LOG2E);
  const rest = fma(-k, ln2.exp.low, fma(-k, ln2.exp.high, x));
  const r = rest * 0.0625;
  let sum = factorials.at(-1) ?? 0;
  for (const term of factorials.slice(0, -1).reverse()) sum = fma(sum, r, term);
  let less = r * fma(sum, r, 1); // e^r - 1
  for (let i = 0; i < 3; i++) less *= less + 2;
  return fma(less, less + 2, 1) * 2 ** k;
}

/** Room for a number's bits. */
const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm of a positive number.
 *
 * x is 2^k (1 + f) with 1 + f from sqrt(1/2) to sqrt(2); with s = f / (2 + f), ln(1 + f) is 2s + s R(s²).
 */
export function log(x: number): number {
  if (!Number.isFinite(x) || x < 2 ** -1022) return Math.log(x);
  if (x === 1) return 0;
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000); // the exponent becomes 0
  const scaled = bits.getFloat64(0);
  const isUpper = scaled >= Math.SQRT2;
  const k = (high >>> 20) - 1023 + (isUpper ? 1 : 0);
  const f = (isUpper ? scaled / 2 : scaled) - 1;
  const s = f / (2 + f);
  const s4 = s * s * (s * s);
  const r = remainder(s * s, s4);
  const half = 0.5 * f * f;
  return k * ln2.log.high - (half - (s * (half + r) + k * ln2.log.low) - f);
}

/** The remainder in `log`, R(s²), from s² and s⁴. @see https://www.netlib.org/fdlibm/e_log.c */
function remainder(s2: number, s4: number): number {
  const odd =
    ((0.14798198605116586 * s4 + 0.1818357216161805) * s4 + 0.2857142874366239) * s4 + 0.6666666666666735;
  const even = (0.15313837699209373 * s4 + 0.22222198432149784) * s4 + 0.3999999999940942;
  return s2 * odd + s4 * even;
}

/** The nearest whole number, the even one of two. */
function roundToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** a b + c, rounded once. For finite numbers whose result is neither subnormal nor infinite. */
function fma(a: number, b: number, c: number): number {
  const [x, y, z] = [split(a), split(b), split(c)];
  const power = x.power + y.power;
  const least = Math.min(power, z.power);
  const product = (x.whole * y.whole) << BigInt(power - least);
  return Number(product + (z.whole << BigInt(z.power - least))) * 2 ** least;
}

/** A number as a whole number times a power of two. */
function split(x: number): { whole: bigint; power: number } {
  if (x === 0) return { whole: 0n, power: 0 };
  const power = Math.floor(Math.log2(Math.abs(x))) - 53;
  return { whole: BigInt(x / 2 ** power), power };
}
