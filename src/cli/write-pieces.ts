import type { TextSink } from './io.js';

/** Small pieces are put together up to this many characters. */
const enough = 1 << 16;

/** Writes a text that comes in many small pieces, no faster than it is taken. */
export async function writePieces(pieces: Iterable<string>, sink: TextSink): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < enough) continue;
    sink.write(text);
    text = '';
    await sink.drained?.();
  }
  if (text !== '') sink.write(text);
}
