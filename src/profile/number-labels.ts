import type { Profile } from './profile.js';

/** The unit of each numeric label's key, and the units met besides it. */
export interface NumberLabelUnits {
  readonly units: ReadonlyMap<string, string>;
  /** Sorted; only keys that have some. */
  readonly ignored: ReadonlyMap<string, readonly string[]>;
}

/**
 * The units of numeric labels: the first one met for a key; where there is none, bytes for the keys
 * `alignment` and `request`, else the key itself.
 */
export function numberLabelUnits({ samples: { labels }, strings }: Profile): NumberLabelUnits {
  const units = new Map<string, string>();
  const ignored = new Map<string, Set<string>>();
  const keys = new Set<string>();
  for (let at = 0; at < labels.key.length; at++) {
    if (labels.text[at] !== 0) continue;
    const key = strings.get(labels.key[at]!);
    keys.add(key);
    const unit = strings.get(labels.unit[at]!);
    const first = units.get(key);
    if (unit === '' || unit === first) continue;
    if (first === undefined) units.set(key, unit);
    else ignored.set(key, (ignored.get(key) ?? new Set()).add(unit));
  }
  for (const key of keys) if (!units.has(key)) units.set(key, inferredUnit(key));
  return { units, ignored: new Map([...ignored].map(([key, set]) => [key, [...set].sort()])) };
}

function inferredUnit(key: string): string {
  return key === 'alignment' || key === 'request' ? 'bytes' : key;
}
