import { abs64 } from '../graph/accumulator.js';
import { numberLabels, textLabels } from '../profile/labels.js';
import { compareBytes } from '../text/order.js';
import { percentage } from '../unit/percentage.js';
import { scaledLabel } from '../unit/scale.js';
import { type FormatValue, formatterFor, type Report } from './report.js';

/** The samples with one value of a label. */
export interface TagValue {
  readonly name: string;
  readonly value: bigint;
}

/** The samples with a label. */
export interface TagKey {
  readonly key: string;
  readonly total: bigint;
  /** Heaviest first. */
  readonly values: readonly TagValue[];
}

/** The labels of a report's samples. */
export interface TagTable {
  readonly total: bigint;
  /** By name. */
  readonly keys: readonly TagKey[];
  readonly format: FormatValue;
}

/** What was spent under each value of each label. */
export function tagTable(report: Report): TagTable {
  const sums = sumTags(report);
  const keys = [...sums].sort(([a], [b]) => compareBytes(a, b));
  return {
    total: report.total,
    keys: keys.map(([key, values]) => ({
      key,
      total: BigInt.asIntN(
        64,
        [...values.values()].reduce((sum, value) => sum + value, 0n),
      ),
      values: [...values].map(([name, value]) => ({ name, value })).sort(compareValues),
    })),
    format: formatterFor(report, report.options.unit),
  };
}

function compareValues(a: TagValue, b: TagValue): number {
  const [x, y] = [abs64(a.value), abs64(b.value)];
  return (x > y ? -1 : x < y ? 1 : 0) || compareBytes(a.name, b.name);
}

function sumTags({ profile, values, labelUnits, options }: Report): Map<string, Map<string, bigint>> {
  const sums = new Map<string, Map<string, bigint>>();
  const add = (key: string, name: string, value: bigint): void => {
    const byName = sums.get(key) ?? new Map<string, bigint>();
    sums.set(key, byName);
    byName.set(name, BigInt.asIntN(64, (byName.get(name) ?? 0n) + value));
  };
  for (let i = 0; i < profile.samples.count; i++) {
    const value = BigInt(values.values[i] ?? 0);
    for (const [key, texts] of textLabels(profile, i)) for (const text of texts) add(key, text, value);
    for (const [key, numbers] of numberLabels(profile, i)) {
      const unit = labelUnits.get(key) ?? key;
      for (const number of numbers.values) add(key, scaledLabel(Number(number), unit, options.unit), value);
    }
  }
  return sums;
}

/** The labels as text: a block per key, its columns aligned to the right. */
export function formatTags({ total, keys, format }: TagTable): string {
  return keys.map((key) => `${formatKey(key, total, format)}\n`).join('');
}

function formatKey({ key, total: sum, values }: TagKey, total: bigint, format: FormatValue): string {
  const share = (value: bigint): string =>
    total > 0n ? ` (${percentage(Number(value), Number(total))})` : '';
  const head = `Total ${format(sum)} of ${format(total)}${share(sum)}`;
  const cells = values.map(({ name, value }) => ({ cell: `${format(value)}${share(value)}:`, name }));
  const keyWidth = Math.max(widthOf(`${key}:`), 1) + 1;
  const valueWidth = Math.max(0, ...cells.map(({ cell }) => widthOf(cell))) + 1;
  const lines = cells.map(
    ({ cell, name }) => `${' '.repeat(keyWidth)}${padLeft(cell, valueWidth)} ${name}\n`,
  );
  return `${padLeft(`${key}:`, keyWidth)} ${head}\n${lines.join('')}`;
}

function widthOf(text: string): number {
  return [...text].length;
}

function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}
