const none = new Uint32Array();

/**
 * Texts by number. Those of a file stay bytes until someone asks for them; texts can be added,
 * entries never change. Entry 0 is the empty text.
 */
export class StringTable {
  readonly #bytes: Buffer;
  readonly #start: Uint32Array;
  readonly #end: Uint32Array;
  /** Texts asked for so far, and behind the file's own those added. */
  readonly #texts: (string | undefined)[];
  #numbers: Map<string, number> | undefined;

  /**
   * @param bytes - holds the texts in UTF-8
   * @param start - where each text begins; length n
   * @param end - where each text ends, exclusive; length n
   */
  constructor(bytes: Uint8Array = new Uint8Array(), start: Uint32Array = none, end: Uint32Array = none) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = start;
    this.#end = end;
    this.#texts = new Array(start.length);
    if (start.length === 0) this.#texts.push('');
  }

  /** How many texts there are; at least 1. */
  get count(): number {
    return this.#texts.length;
  }

  /** The text of that number; bytes that are no UTF-8 read as U+FFFD. */
  get(index: number): string {
    return (this.#texts[index] ??= this.#bytes.toString('utf8', this.#start[index]!, this.#end[index]!));
  }

  /** The bytes of that text, as the file has them. */
  bytes(index: number): Uint8Array {
    if (index < this.#start.length) return this.#bytes.subarray(this.#start[index]!, this.#end[index]!);
    return Buffer.from(this.get(index));
  }

  /** The number of a text, which is added where it is new. */
  getOrInsert(text: string): number {
    this.#numbers ??= this.#index();
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  #index(): Map<string, number> {
    const numbers = new Map<string, number>();
    for (let i = 0; i < this.count; i++) if (!numbers.has(this.get(i))) numbers.set(this.get(i), i);
    return numbers;
  }
}
