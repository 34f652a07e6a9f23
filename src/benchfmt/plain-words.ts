const [space, tab] = [32, 9];

/** Whether bytes begin so at a place. */
export function startsWith(bytes: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false;
  return true;
}

/** Behind the last byte of the word at `at`; -1 where it has bytes that are not plain ASCII, or `at` is -1. */
export function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at < 0) return -1;
  for (let i = at; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === space || byte === tab) return i;
    if (byte < space || byte > 126) return -1;
  }
  return end;
}

/** Behind the blanks at `at`. */
export function blanksEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i >= 0 && i < end && (bytes[i] === space || bytes[i] === tab)) i++;
  return i;
}
