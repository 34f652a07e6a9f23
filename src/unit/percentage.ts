import { formatFixed } from './fixed.js';

/**
 * How large `value` is beside `total`, as pprof prints it: at least six characters, the sign lost,
 * `100%` for anything within 0.05 of it, two significant digits below 1 %.
 */
export function percentage(value: number, total: number): string {
  const ratio = total === 0 ? 0 : Math.abs(value / total) * 100;
  if (ratio >= 99.95 && ratio <= 100.05) return '  100%';
  const text = ratio >= 1 ? formatFixed(ratio, 2) : formatTwoDigits(ratio);
  return `${text.padStart(5)}%`;
}

/** Go's `%.2g` for values from 0 to below 1: two significant digits, an exponent below 1e-4. */
function formatTwoDigits(value: number): string {
  if (!(value > 0)) return Number.isNaN(value) ? 'NaN' : '0';
  const magnitude = Math.floor(Math.log10(value));
  const decimals = formatFixed(value, 1 - magnitude);
  const digits = /[1-9]\d?/.exec(decimals.replace('.', ''));
  if (digits === null) return '0';
  const exponent = exponentOf(decimals);
  if (exponent >= -4) return decimals.replace(/\.?0+$/, '');
  const [first = '0', second = '0'] = digits[0];
  const mantissa = second === '0' ? first : `${first}.${second}`;
  return `${mantissa}e-${String(-exponent).padStart(2, '0')}`;
}

/** The power of ten of the first digit that is not 0. */
function exponentOf(decimals: string): number {
  const [whole = '', fraction = ''] = decimals.split('.');
  if (whole !== '0') return whole.length - 1;
  return -1 - fraction.search(/[1-9]/);
}
