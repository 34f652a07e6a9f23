import type { FlameAnswer, FlameColumns } from '../answers.js';
import { paintRow, rowCount, type Span } from '../flame-picture.js';

/** A row of the picture: which row of which tree. */
export interface PictureRow {
  readonly side: 'callees' | 'callers';
  readonly depth: number;
}

/** Rows are so many CSS pixels high. */
export const rowHeight = 19;

const fontSize = 12;
const padding = 4;

/** What of a picture is drawn, and how. */
export interface Drawing {
  readonly answer: FlameAnswer;
  readonly rows: readonly PictureRow[];
  readonly span: Span;
  /** By box of each side. */
  readonly colors: { readonly callees: Uint32Array; readonly callers: Uint32Array };
  readonly background: number;
  readonly ink: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** How far the rows are scrolled, in CSS pixels. */
  readonly top: number;
  /** The box to frame. */
  readonly marked: { readonly side: PictureRow['side']; readonly box: number } | undefined;
}

/** The columns of a side; empty ones for callers that are not there. */
export function columnsOf({ callees, callers }: FlameAnswer, side: PictureRow['side']): FlameColumns {
  return side === 'callees' ? callees : (callers ?? callees);
}

/** The rows of an answer from top to bottom: callers upwards from the pivot, callees downwards; else from the root on. */
export function pictureRows({ callees, callers }: FlameAnswer): PictureRow[] {
  const down = (from: number): PictureRow[] =>
    Array.from({ length: Math.max(0, rowCount(callees) - from) }, (_, i) => ({
      side: 'callees',
      depth: from + i,
    }));
  if (callers === null) return down(0);
  const above = Array.from({ length: Math.max(0, rowCount(callers) - 2) }, (_, i): PictureRow => {
    return { side: 'callers', depth: rowCount(callers) - 1 - i };
  });
  return [...above, ...down(1)];
}

/** Draws flame graphs: pixels row by row, then names. Its work depends on the pixels, not on how many boxes there are. */
export class FlameCanvas {
  readonly element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #image: ImageData | undefined;
  #charWidth = 0;
  #ratio = 0;

  constructor(element: HTMLCanvasElement) {
    this.element = element;
    const context = element.getContext('2d', { alpha: false });
    if (context === null) throw new Error('this browser draws no pictures');
    this.#context = context;
  }

  draw(drawing: Drawing): void {
    this.#resize(drawing.width, drawing.height);
    const shown = this.#paintBoxes(drawing);
    for (const row of shown) this.#drawNames(drawing, row);
    this.#drawMark(drawing);
  }

  #resize(width: number, height: number): void {
    const ratio = devicePixelRatio;
    const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (this.element.width === w && this.element.height === h && this.#ratio === ratio) return;
    this.element.width = w;
    this.element.height = h;
    this.element.style.height = `${height}px`;
    this.#ratio = ratio;
    this.#image = this.#context.createImageData(w, h);
    this.#context.font = `${fontSize * ratio}px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace`;
    this.#charWidth = this.#context.measureText('0').width;
    this.#context.textBaseline = 'middle';
  }

  /** Each row is one line of pixels, many times; returns the rows in sight. */
  #paintBoxes({ answer, rows, span, colors, background, top, height }: Drawing): number[] {
    const image = this.#image;
    if (image === undefined) return [];
    const pixels = new Uint32Array(image.data.buffer);
    const width = image.width;
    const shown: number[] = [];
    let painted = 0;
    for (let row = Math.floor(top / rowHeight); row < rows.length && row * rowHeight < top + height; row++) {
      const { side, depth } = rows[row] ?? { side: 'callees', depth: 0 };
      const from = Math.max(0, Math.round((row * rowHeight - top) * this.#ratio));
      const end = Math.min(image.height, Math.round(((row + 1) * rowHeight - top) * this.#ratio));
      if (end <= from) continue;
      shown.push(row);
      const line = pixels.subarray(from * width, (from + 1) * width);
      paintRow(
        line,
        { columns: columnsOf(answer, side), row: depth, span },
        { colors: colors[side], background },
      );
      const last = end - Math.max(1, Math.round(this.#ratio));
      for (let y = from + 1; y < last; y++) pixels.copyWithin(y * width, from * width, (from + 1) * width);
      pixels.fill(background, last * width, end * width);
      painted = end;
    }
    pixels.fill(background, painted * width);
    this.#context.putImageData(image, 0, 0);
    return shown;
  }

  #drawNames({ answer, rows, span, ink, top, width }: Drawing, row: number): void {
    const { side, depth } = rows[row] ?? { side: 'callees', depth: 0 };
    const columns = columnsOf(answer, side);
    const context = this.#context;
    const scale = (width * this.#ratio) / (span.to - span.from);
    const least = 4 * this.#charWidth;
    const y = ((row + 0.5) * rowHeight - top) * this.#ratio;
    context.fillStyle = ink;
    const end = columns.row[depth + 1] ?? 0;
    for (let box = columns.row[depth] ?? 0; box < end; box++) {
      const wide = (columns.width[box] ?? 0) * scale;
      if (wide < least) continue;
      const left = Math.max(0, ((columns.start[box] ?? 0) - span.from) * scale);
      const right = Math.min(
        width * this.#ratio,
        ((columns.start[box] ?? 0) + (columns.width[box] ?? 0) - span.from) * scale,
      );
      const room = Math.floor((right - left - 2 * padding * this.#ratio) / this.#charWidth);
      if (room < 3) continue;
      context.fillText(fitted(nameOf(answer, columns, box), room), left + padding * this.#ratio, y);
    }
  }

  #drawMark({ answer, rows, span, marked, top, width, ink }: Drawing): void {
    if (marked === undefined) return;
    const row = rows.findIndex(({ side, depth }) => {
      const columns = columnsOf(answer, side);
      const isThere = marked.box >= (columns.row[depth] ?? 0) && marked.box < (columns.row[depth + 1] ?? 0);
      return side === marked.side && isThere;
    });
    if (row < 0) return;
    const columns = columnsOf(answer, marked.side);
    const scale = (width * this.#ratio) / (span.to - span.from);
    const left = Math.max(0, ((columns.start[marked.box] ?? 0) - span.from) * scale);
    const right = Math.min(
      width * this.#ratio,
      ((columns.start[marked.box] ?? 0) + (columns.width[marked.box] ?? 0) - span.from) * scale,
    );
    const context = this.#context;
    context.strokeStyle = ink;
    context.lineWidth = 2 * this.#ratio;
    const inset = this.#ratio;
    context.strokeRect(
      left + inset,
      (row * rowHeight - top) * this.#ratio + inset,
      Math.max(inset, right - left - 2 * inset),
      (rowHeight - 2) * this.#ratio,
    );
  }
}

/** What a box is called; the root stands for everything. */
export function nameOf({ frames }: FlameAnswer, { frame }: FlameColumns, box: number): string {
  return frames[frame[box] ?? -1]?.name ?? 'everything';
}

/** A name in so many characters: its end says more than its beginning where it has parts. */
function fitted(name: string, room: number): string {
  if (name.length <= room) return name;
  const tail = name.slice(name.lastIndexOf('.') + 1);
  if (tail !== name && tail.length <= room && tail.length > 2) return tail;
  return `${name.slice(0, room - 1)}…`;
}
