import type { TextPiece } from '../table/pieces.js';
import type { TextSink } from './io.js';

/** Small strings are put together up to this many characters. */
const enough = 1 << 16;

/** Writes a text that comes in many pieces, no faster than it is taken. */
export async function writePieces(pieces: Iterable<TextPiece>, sink: TextSink): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else {
      if (text !== '') sink.write(text);
      text = '';
      sink.write(piece);
    }
    if (typeof piece === 'string' && text.length < enough) continue;
    if (text !== '') sink.write(text);
    text = '';
    await sink.drained?.();
  }
  if (text !== '') sink.write(text);
}
