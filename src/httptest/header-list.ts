/** A header's value as handlers set it. */
export type HeaderValue = number | string | readonly string[];

const nothing: never[] = [];

/** Headers in the order in which they were first set; names keep their case and match without it. */
export class HeaderList {
  // Note: a Map keyed by the lower-case name was simpler, but took three times the memory and time
  // for the one to five headers that a handler sets.
  #names: string[] = nothing;
  #values: HeaderValue[] = nothing;
  #count = 0;

  /** Sets a header, in place of one of the same name. */
  set(name: string, value: HeaderValue): void {
    const i = this.#indexOf(name);
    if (i === this.#count) this.#count++;
    if (this.#names === nothing) {
      // An array that grows by itself has room for seventeen at once.
      this.#names = [name];
      this.#values = [value];
      return;
    }
    this.#names[i] = name;
    this.#values[i] = value;
  }

  /** Adds a value to those that a header has already; its name stays as it was. */
  append(name: string, value: string | readonly string[]): void {
    const i = this.#indexOf(name);
    const before = this.#values[i];
    if (i === this.#count || before === undefined) this.set(name, value);
    else this.#values[i] = [...(typeof before === 'object' ? before : [String(before)]), value].flat();
  }

  /** The value of a header, or undefined where it is not set. */
  get(name: string): HeaderValue | undefined {
    const i = this.#indexOf(name);
    return i < this.#count ? this.#values[i] : undefined;
  }

  /** Takes a header away; nothing happens where it is not set. */
  delete(name: string): void {
    const i = this.#indexOf(name);
    if (i === this.#count) return;
    this.#names.splice(i, 1);
    this.#values.splice(i, 1);
    this.#count--;
  }

  /** Takes all headers away and keeps the memory. */
  clear(): void {
    this.#count = 0;
  }

  /** Names in their own case. */
  names(): string[] {
    return this.#names.slice(0, this.#count);
  }

  /** Where the header is; `#count` where it is not. */
  #indexOf(name: string): number {
    const count = this.#count;
    for (let i = 0; i < count; i++) if (sameName(this.#names[i] ?? '', name)) return i;
    return count;
  }
}

function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}
