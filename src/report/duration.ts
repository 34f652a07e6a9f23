const second = 1_000_000_000n;

/** A duration as Go prints one: `1h3m1.5s`, `123.456ms`, `0s`. */
export function formatDuration(nanos: bigint): string {
  if (nanos < 0n) return `-${formatDuration(-nanos)}`;
  if (nanos === 0n) return '0s';
  if (nanos < 1000n) return `${nanos}ns`;
  if (nanos < 1_000_000n) return `${decimal(nanos, 1000n)}µs`;
  if (nanos < second) return `${decimal(nanos, 1_000_000n)}ms`;
  const seconds = `${decimal(nanos % (60n * second), second)}s`;
  const minutes = nanos / (60n * second);
  if (minutes === 0n) return seconds;
  const hours = minutes / 60n;
  return hours === 0n ? `${minutes}m${seconds}` : `${hours}h${minutes % 60n}m${seconds}`;
}

/** A quotient with as many decimals as it has. */
function decimal(value: bigint, by: bigint): string {
  const digits = String(by).length - 1;
  const fraction = String(value % by)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${value / by}` : `${value / by}.${fraction}`;
}
