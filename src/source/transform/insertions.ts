/** A text to put in before the character at `offset` (0-based, in UTF-16 units). */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * The text with all insertions; those at one place in the order given.
 *
 * No insertion may contain a line break: every line keeps its number.
 */
export function insertAll(code: string, insertions: readonly Insertion[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { offset, text } of inOrder(insertions)) {
    parts.push(code.slice(done, offset), text);
    done = offset;
  }
  parts.push(code.slice(done));
  return parts.join('');
}

/** Insertions by place; `sort` keeps those at one place in their order. */
export function inOrder(insertions: readonly Insertion[]): Insertion[] {
  return [...insertions].sort((a, b) => a.offset - b.offset);
}

/** A place in a text: 1-based line, 1-based column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds for places in an instrumented text those in the original. */
export class OriginalPlaces {
  /** For each line (0-based) the insertions on it: 0-based column, length. */
  readonly #lines = new Map<number, { readonly column: number; readonly length: number }[]>();
  readonly #starts: readonly number[];

  constructor(code: string, insertions: readonly Insertion[]) {
    this.#starts = lineStarts(code);
    let line = 0;
    for (const { offset, text } of inOrder(insertions)) {
      while (line + 1 < this.#starts.length && (this.#starts[line + 1] ?? 0) <= offset) line++;
      const list = this.#lines.get(line) ?? [];
      list.push({ column: offset - (this.#starts[line] ?? 0), length: text.length });
      this.#lines.set(line, list);
    }
  }

  /** The original place of an instrumented one; of inserted text the place that it was put in at. */
  original({ line, column }: Place): Place {
    let shift = 0;
    for (const insertion of this.#lines.get(line - 1) ?? []) {
      const at = column - 1 - shift;
      if (at < insertion.column) break;
      if (at < insertion.column + insertion.length) return { line, column: insertion.column + 1 };
      shift += insertion.length;
    }
    return { line, column: column - shift };
  }

  /** The offset of a place in the original. */
  offsetOf({ line, column }: Place): number {
    return (this.#starts[line - 1] ?? 0) + column - 1;
  }

  /** The place of an offset in the original. */
  placeOf(offset: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** Offsets where lines start, by the line ends that JavaScript knows. */
function lineStarts(code: string): number[] {
  const starts = [0];
  for (const match of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}
