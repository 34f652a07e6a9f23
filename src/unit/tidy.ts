/** A unit in base units, and the factor that brings a value there. */
export interface TidyUnit {
  readonly unit: string;
  readonly factor: number;
}

const baseUnits: Readonly<Record<string, TidyUnit>> = {
  ns: { unit: 'sec', factor: 1e-9 },
  MB: { unit: 'B', factor: 1e6 },
};

/**
 * A unit with `ns` and `MB` above the line turned into `sec` and `B`: `ns/op` → `sec/op`,
 * `p50-ns/op` → `p50-sec/op`, but `op/ns` stays.
 *
 * @see https://pkg.go.dev/golang.org/x/perf/benchunit#Tidy
 */
export function tidyUnit(unit: string): TidyUnit {
  let factor = 1;
  let isBelow = false;
  const parts = unit.split(/([-*/\s])/).map((part) => {
    if (part === '/' || part === '*') isBelow = part === '/';
    const base = isBelow ? undefined : baseUnits[part];
    factor *= base?.factor ?? 1;
    return base?.unit ?? part;
  });
  return { unit: parts.join(''), factor };
}
