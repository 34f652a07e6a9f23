const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What profiles and reports use of Node's Buffer, in the browser. */
class PageBuffer extends Uint8Array<ArrayBuffer> {
  static override from(content: unknown, offset?: unknown, length?: unknown): PageBuffer {
    if (typeof content === 'string') return PageBuffer.from(encoder.encode(content).buffer);
    // Cast: texts and the memory of other arrays are all that comes here.
    return new PageBuffer(content as ArrayBuffer, offset as number | undefined, length as number | undefined);
  }

  static allocUnsafe(size: number): PageBuffer {
    return new PageBuffer(new ArrayBuffer(size));
  }

  static byteLength(text: string): number {
    return encoder.encode(text).length;
  }

  copy(to: Uint8Array, at: number, from: number, end: number): void {
    to.set(this.subarray(from, end), at);
  }

  override toString(_encoding?: string, from = 0, end: number = this.length): string {
    return decoder.decode(this.subarray(from, end));
  }
}

export { PageBuffer as Buffer };
