/** A text for between quotes in the language of graphviz, lines to the left. */
export function escapeDot(text: string): string {
  return quotedDot(text).replaceAll('\n', '\\l');
}

/** A text for between quotes, lines as they are. */
export function quotedDot(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/**
 * A graph in the language of graphviz, made safe to be drawn as SVG: what XML has no place for, control characters most
 * of all, becomes U+FFFD, and texts that look like entities stay as they are written.
 */
export function drawableDot(dot: string): string {
  return dot.replace(notXml, '\ufffd').replaceAll('&', '&amp;');
}

const notXml = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu;
