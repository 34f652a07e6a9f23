import type { Diff } from './format-diff.js';

/** The shape of `prof diff --json`; an infinite bound becomes null. */
export interface DiffJson {
  readonly sampleType: { readonly type: string; readonly unit: string };
  /** Whether costs are those of one operation, or shares of each profile's total. */
  readonly per: 'operation' | 'total';
  /** How many profiles each side has. */
  readonly sizes: readonly [number, number];
  readonly alpha: number;
  readonly confidence: number;
  /** Those that differ first. */
  readonly rows: readonly DiffJsonRow[];
}

/** A function on both sides. */
export interface DiffJsonRow {
  readonly name: string;
  /** Medians. */
  readonly before: number;
  readonly after: number;
  /** How far the new profiles lie above the old, with the bounds of its interval. */
  readonly shift: { readonly center: number; readonly low: number; readonly high: number };
  readonly p: number;
  /** By Holm's method. */
  readonly adjusted: number;
  readonly isSignificant: boolean;
}

/** The differences as `--json` gives them. */
export function diffJson({ unit, sizes, confidence, rows }: Diff, alpha: number): DiffJson {
  const { type, unit: name, per } = unit;
  return { sampleType: { type, unit: name }, per, sizes, alpha, confidence, rows };
}
