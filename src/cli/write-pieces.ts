import type { TextPiece } from '../table/pieces.js';
import { BufferedText } from './buffered-text.js';
import type { TextSink } from './io.js';

/** Writes a text that comes in many pieces, no faster than it is taken. */
export async function writePieces(pieces: Iterable<TextPiece>, sink: TextSink): Promise<void> {
  const texts = new BufferedText(sink);
  for (const piece of pieces) {
    const isWritten = typeof piece === 'string' ? texts.add(piece) : writeBytes(piece, texts, sink);
    if (isWritten) await sink.drained?.();
  }
  texts.flush();
}

/** Writes bytes behind the texts that came before them. */
function writeBytes(bytes: Uint8Array, texts: BufferedText, sink: TextSink): boolean {
  texts.flush();
  sink.write(bytes);
  return true;
}
