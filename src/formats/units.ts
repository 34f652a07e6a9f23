import { scale } from '../unit/scale.js';

/** How many nanoseconds a unit of time has; undefined for what is no time. */
export function nanosPer(unit: string): number | undefined {
  return perUnit(unit, 'ns');
}

/** How many bytes a unit of memory has; undefined for what is no memory. */
export function bytesPer(unit: string): number | undefined {
  return perUnit(unit, 'B');
}

function perUnit(unit: string, base: 'ns' | 'B'): number | undefined {
  // A unit that is known says so whatever it is asked for; an unknown one keeps quiet.
  if (scale(1, unit, 'auto').unit === '') return undefined;
  const scaled = scale(1, unit, base);
  return scaled.unit === base ? scaled.value : undefined;
}
