const decimalFloat = /^[+-]?(?:[\d_]+\.?[\d_]*|\.[\d_]+)(?:e[+-]?\d[\d_]*)?$/i;
const hexFloat = /^([+-]?)0x([\da-f_]*)(?:\.([\da-f_]*))?p([+-]?\d[\d_]*)$/i;
const infinite = /^([+-]?)inf(?:inity)?$/i;

/**
 * A floating-point number as Go's `strconv.ParseFloat` reads it: decimal, hexadecimal with a binary
 * exponent, `_` between digits, `inf`, `infinity` and `nan` in any case.
 *
 * @returns undefined where Go gives an error, a number too large for a float among them
 * @see https://pkg.go.dev/strconv#ParseFloat
 */
export function parseFloat64(text: string): number | undefined {
  const inf = infinite.exec(text);
  if (inf) return inf[1] === '-' ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!underscoresSeparate(text)) return undefined;
  if (hexFloat.test(text)) return finite(parseHexFloat(text));
  return decimalFloat.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined;
}

/** A whole number as Go's `strconv.Atoi` reads it: decimal, 64 bits, with or without a sign. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** A whole number without a sign as Go's `strconv.ParseUint(text, 10, 64)` reads it. */
export function parseUint64(text: string): bigint | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asUintN(64, value) === value ? value : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Whether each `_` stands between two digits, or between a base's prefix and a digit. */
function underscoresSeparate(text: string): boolean {
  if (!text.includes('_')) return true;
  const digits = /^[+-]?0x/i.test(text) ? '[\\da-f]' : '\\d';
  const afterPrefix = text.replace(/^([+-]?)0x/i, '$10');
  return !new RegExp(`(?<!${digits})_|_(?!${digits})`, 'i').test(afterPrefix);
}

function parseHexFloat(text: string): number {
  const match = hexFloat.exec(text.replaceAll('_', ''));
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match ?? [];
  if (whole + fraction === '') return Number.NaN;
  const mantissa = BigInt(`0x${whole}${fraction}`);
  // Beyond ±10 000 every exponent means infinity or zero; a larger one would only cost memory.
  const power = Math.max(-10_000, Math.min(10_000, Number(exponent)));
  const value = scaleByPowerOfTwo(mantissa, power - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

/** `mantissa` × 2^`power`, rounded once, to even, subnormal results included. */
function scaleByPowerOfTwo(mantissa: bigint, power: number): number {
  if (mantissa === 0n) return 0;
  const bits = mantissa.toString(2).length;
  const lastBit = Math.max(bits + power - 53, -1074);
  const drop = lastBit - power;
  if (drop <= 0) return Number(mantissa << BigInt(-drop)) * 2 ** lastBit;
  const kept = mantissa >> BigInt(drop);
  const rest = mantissa - (kept << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  const roundUp = rest > half || (rest === half && (kept & 1n) === 1n);
  return Number(roundUp ? kept + 1n : kept) * 2 ** lastBit;
}
