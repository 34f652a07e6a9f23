import type { Report } from './report.js';

/** What every report says of itself in JSON. */
export interface JsonHead {
  readonly report: string;
  readonly sampleType: { readonly type: string; readonly unit: string };
  /** What percentages are taken of, in the sample type's unit. */
  readonly total: bigint;
}

/** The head of a report's JSON. */
export function jsonHead({ kind, sampleType: { type, unit }, total }: Report): JsonHead {
  return { report: kind, sampleType: { type, unit }, total };
}

/** JSON text with a line break behind; an int64 that is no safe integer becomes a string of digits. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, toPlain, 2)}\n`;
}

function toPlain(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'bigint') return value;
  return BigInt.asIntN(54, value) === value ? Number(value) : String(value);
}
