import { compareBytes } from '../text/order.js';
import { parseFloat64 } from '../unit/parse-number.js';

/** An order of values: negative, 0 (no order between them) or positive. */
export type ValueOrder = (a: string, b: string) => number;

/** The orders that `key@name` names. */
export const namedOrders: ReadonlyMap<string, ValueOrder> = new Map([
  ['alpha', compareBytes],
  ['num', compareNumbers],
]);

/** The order of a list; only values of the list are compared. */
export function fixedOrder(values: readonly string[]): ValueOrder {
  const places = new Map(values.map((value, i) => [value, i]));
  return (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
}

/** Numbers by size, those that are NaN behind them, texts that are none last. */
function compareNumbers(a: string, b: string): number {
  const [x, y] = [numberIn(a), numberIn(b)];
  if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return x < y ? -1 : Number(x > y);
}

const prefixed = /([0-9.]+)(?:([kKMGTPEZY])(i?))?[bB]?/;
const prefixes = 'KMGTPEZY';

/** A number, or the first one in a text, which may have a prefix: `4k`, `1MiB`, `v10`. */
function numberIn(text: string): number | undefined {
  const plain = parseFloat64(text);
  if (plain !== undefined) return plain;
  const [, digits = '', prefix, binary] = prefixed.exec(text) ?? [];
  const value = parseFloat64(digits);
  if (value === undefined || prefix === undefined) return value;
  return value * (binary === 'i' ? 1024 : 1000) ** (1 + prefixes.indexOf(prefix.toUpperCase()));
}
