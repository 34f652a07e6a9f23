/** A part of a long text: as a string, or as its UTF-8, which need not be made into one. */
export type TextPiece = string | Uint8Array;

/** Pieces as one string. */
export function joinPieces(pieces: Iterable<TextPiece>): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : decoder.decode(piece);
  return text;
}
