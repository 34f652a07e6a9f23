import { percentage } from '../../unit/percentage.js';
import { scaledLabel } from '../../unit/scale.js';
import type { FlameAnswer } from '../answers.js';
import { columnsOf, nameOf, type PictureRow } from './flame-canvas.js';

/** A box of one of the trees. */
export interface Box {
  readonly side: PictureRow['side'];
  readonly box: number;
}

/** What a box stands for; undefined for the root. */
export function frameOf(answer: FlameAnswer, { side, box }: Box): FlameAnswer['frames'][number] | undefined {
  return answer.frames[columnsOf(answer, side).frame[box] ?? -1];
}

/** What there is to say of a box: its name, then what was spent in it and where it is. */
export function boxText(answer: FlameAnswer, { side, box }: Box): { title: string; details: string[] } {
  const columns = columnsOf(answer, side);
  const value = (number: number): string =>
    `${scaledLabel(number / answer.divideBy, answer.unit, 'auto')} (${percentage(number, answer.totalValue).trim()})`;
  const [cum, flat, before] = [columns.cum[box] ?? 0, columns.flat[box] ?? 0, columns.before[box] ?? 0];
  const frame = frameOf(answer, { side, box });
  const costs = answer.isDiff
    ? `${value(before)} → ${value(cum + before)}, ${changeText(before, cum)}`
    : `${value(cum)} in all${flat === 0 || side === 'callers' ? '' : `, ${value(flat)} itself`}`;
  const where = frame === undefined ? [] : [frame.file, answer.packages[frame.package]?.name ?? ''];
  return {
    title: nameOf(answer, columns, box),
    details: [costs, ...new Set(where.filter((text) => text !== ''))],
  };
}

function changeText(before: number, change: number): string {
  if (before === 0) return change === 0 ? 'the same' : 'new';
  const percent = (100 * change) / before;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)}%`;
}
