const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

/** The int64 that decimal digits mean; undefined past its range. */
export function parseInt64(digits: string): bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(digits)) return undefined;
  const value = BigInt(digits.replace(/^\+/, ''));
  return value >= least && value <= most ? value : undefined;
}

/** The int64 that Go reads where any base is allowed: `0x` and `0` begin other bases than ten. */
export function parseInt64AnyBase(text: string): bigint | undefined {
  const [, sign = '', digits = ''] =
    /^([+-]?)(0x[0-9a-f]{1,16}|0b[01]{1,64}|0o?[0-7]{0,22}|[1-9]\d{0,18})$/i.exec(text) ?? [];
  if (digits === '') return undefined;
  const magnitude = BigInt(
    /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits === '0o' ? '0' : digits,
  );
  const value = sign === '-' ? -magnitude : magnitude;
  return value >= least && value <= most ? value : undefined;
}

/** The uint64 that hexadecimal digits mean; undefined past its range. */
export function parseHex(digits: string): bigint | undefined {
  const significant = digits.replace(/^0+(?=.)/, '');
  return /^[0-9a-f]{1,16}$/i.test(significant) ? BigInt(`0x${significant}`) : undefined;
}

/** The addresses in a text, each with `0x`; undefined where one is past 64 bits. */
export function parseAddresses(text: string): bigint[] | undefined {
  const addresses: bigint[] = [];
  for (const [, digits = ''] of text.matchAll(/0x([0-9a-f]+)/g)) {
    const address = parseHex(digits);
    if (address === undefined) return undefined;
    addresses.push(address);
  }
  return addresses;
}

/** A number as int64, towards zero; one past its range is the least, as Go's conversion gives on amd64. */
export function int64OfNumber(value: number): bigint {
  return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : least;
}
