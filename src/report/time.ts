import type { TimeZone } from './options.js';

const billion = 1_000_000_000n;

/** A time as reports print it: `2023-11-14 22:13:20 UTC`. */
export function formatTime(nanos: bigint, zone: TimeZone): string {
  const { seconds } = split(nanos);
  const { offsetSeconds, name } = zone(seconds);
  return `${dateAndTime(seconds + offsetSeconds)} ${name}`;
}

/** A time as Go prints one by default: `2023-11-14 22:13:20.123456789 +0000 UTC`. */
export function formatFullTime(nanos: bigint, zone: TimeZone): string {
  const { seconds, rest } = split(nanos);
  const { offsetSeconds, name } = zone(seconds);
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return `${dateAndTime(seconds + offsetSeconds)}${fraction} ${formatOffset(offsetSeconds)} ${name}`;
}

function split(nanos: bigint): { seconds: number; rest: bigint } {
  const rest = ((nanos % billion) + billion) % billion;
  return { seconds: Number((nanos - rest) / billion), rest };
}

/** int64 nanoseconds reach from 1677 to 2262, which Date covers. */
function dateAndTime(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function formatOffset(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
