const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text of ASCII characters as a part of some bytes. */
export interface AsciiPart {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * A text that grows, as UTF-8 outside of the heap: millions of short texts take a tenth of the room of strings, and no
 * time of the garbage collector.
 */
export class Utf8Text {
  #bytes = new Uint8Array(1 << 12);
  #length = 0;

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a text; gives how many code points it has. */
  write(text: string): number {
    this.#reserve(3 * text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    let count = 0;
    for (let i = 0; i < text.length; i++, count++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) bytes[at++] = unit;
      else {
        const point = codePoint(text, i);
        at = writePoint(bytes, at, point);
        if (point > 0xffff) i++;
      }
    }
    this.#length = at;
    return count;
  }

  /** Adds blanks; none where the number is not above 0. */
  blanks(count: number): void {
    if (count <= 0) return;
    this.#reserve(count);
    const bytes = this.#bytes;
    const end = this.#length + count;
    // Note: for so few bytes a call of `fill` takes longer.
    for (let i = this.#length; i < end; i++) bytes[i] = 0x20;
    this.#length = end;
  }

  /** Adds a part of another text, from one byte to before another. */
  copy(other: Utf8Text, start: number, end: number): void {
    this.writeAscii({ bytes: other.#bytes, start, end });
  }

  /** Adds bytes; gives how many code points they are, which are ASCII. */
  writeAscii({ bytes, start, end }: AsciiPart): number {
    this.#reserve(end - start);
    const [to, ahead] = [this.#bytes, this.#length - start];
    for (let i = start; i < end; i++) to[i + ahead] = bytes[i] ?? 0;
    this.#length += end - start;
    return end - start;
  }

  /** A part, from one byte to before another, as a string. */
  slice(start: number, end: number): string {
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  /** The bytes of all of it; it is empty after that. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.clear();
    return bytes;
  }

  /** Leaves it empty. */
  clear(): void {
    this.#length = 0;
  }

  #reserve(count: number): void {
    const least = this.#length + count;
    if (least <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(least, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** The code point at a place; U+FFFD for half of a surrogate pair, which UTF-8 has no bytes for. */
function codePoint(text: string, i: number): number {
  const point = text.codePointAt(i) ?? 0;
  return point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
}

/** Writes a code point of at least 0x80; gives the place behind it. */
function writePoint(bytes: Uint8Array, at: number, point: number): number {
  let next = at;
  if (point < 0x800) bytes[next++] = 0xc0 | (point >> 6);
  else {
    if (point < 0x10000) bytes[next++] = 0xe0 | (point >> 12);
    else {
      bytes[next++] = 0xf0 | (point >> 18);
      bytes[next++] = 0x80 | ((point >> 12) & 0x3f);
    }
    bytes[next++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[next++] = 0x80 | (point & 0x3f);
  return next;
}
