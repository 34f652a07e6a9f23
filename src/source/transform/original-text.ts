import { type Insertion, inOrder } from './insertions.js';

/** A file's text with insertions, in which functions are found again. */
export interface TextWithInsertions {
  readonly code: string;
  readonly insertions: readonly Insertion[];
}

/**
 * A piece of an instrumented text as it was before.
 *
 * @returns undefined where the piece is not in the text
 */
export function originalText(piece: string, { code, insertions }: TextWithInsertions): string | undefined {
  const start = code.indexOf(piece);
  if (start < 0) return undefined;
  const end = start + piece.length;
  let text = '';
  let kept = start;
  let shift = 0;
  for (const insertion of inOrder(insertions)) {
    const at = insertion.offset + shift;
    shift += insertion.text.length;
    if (at < start) continue;
    if (at >= end) break;
    text += code.slice(kept, at);
    kept = at + insertion.text.length;
  }
  return text + code.slice(kept, end);
}
