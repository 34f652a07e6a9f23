import type { Projection } from '../query/projection.js';

/** A title over neighbouring columns. */
export interface HeaderCell {
  readonly text: string;
  /** The first column. */
  readonly start: number;
  /** How many columns it covers. */
  readonly length: number;
}

/**
 * The titles of columns, a level for each field: neighbours that agree in a field, and in all before it, share a title.
 *
 * @param columns - their tuples, in order
 */
export function headerLevels(columns: readonly number[], col: Projection): HeaderCell[][] {
  const levels: HeaderCell[][] = [];
  let above: readonly HeaderCell[] = [{ text: '', start: 0, length: columns.length }];
  for (const field of col.fields) {
    const texts = columns.map((tuple) => col.value(tuple, field));
    const level = above.flatMap((cell) => split(cell, texts));
    levels.push(level);
    above = level;
  }
  return levels;
}

/** The runs of equal texts among those that a title of the level above covers. */
function split({ start, length }: HeaderCell, texts: readonly string[]): HeaderCell[] {
  const runs: HeaderCell[] = [];
  for (let i = start; i < start + length; i++) {
    const text = texts[i] ?? '';
    const last = runs.at(-1);
    if (last?.text === text) runs[runs.length - 1] = { ...last, length: last.length + 1 };
    else runs.push({ text, start: i, length: 1 });
  }
  return runs;
}
