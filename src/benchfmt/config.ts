/** One `key: value` of a file. */
export type Setting = readonly [key: string, value: string];

/** The configuration of a file at one of its lines. */
export interface Config {
  /** The file's label. */
  readonly file: string;
  /** In the order in which keys were first set, but for keys that were unset; see `ConfigState`. */
  readonly settings: readonly Setting[];
}

/** Follows the configuration through files and numbers its states. */
export class ConfigState {
  readonly configs: Config[] = [];
  readonly #ids = new Map<string, number>();
  #file = '';
  #settings: Setting[] = [];
  /** The number of the present state; -1 where it was not asked for yet. */
  #id = -1;

  /** Begins a file: nothing is set. */
  open(file: string): void {
    this.#file = file;
    this.#settings = [];
    this.#id = -1;
  }

  /** Sets a key, or unsets it by an empty value. */
  set(key: string, value: string): void {
    const i = this.#settings.findIndex(([other]) => other === key);
    const last = this.#settings.length - 1;
    if (value !== '') this.#settings[i < 0 ? last + 1 : i] = [key, value];
    else if (i >= 0) {
      // Note: as in Go, the last key takes the place of one that is unset. It shows in the order of headers.
      this.#settings[i] = this.#settings[last] ?? [key, value];
      this.#settings.pop();
    }
    this.#id = -1;
  }

  /** The number of the present state in `configs`; equal states have one number. */
  current(): number {
    if (this.#id >= 0) return this.#id;
    const key = JSON.stringify([this.#file, ...this.#settings]);
    const known = this.#ids.get(key);
    this.#id = known ?? this.configs.push({ file: this.#file, settings: [...this.#settings] }) - 1;
    this.#ids.set(key, this.#id);
    return this.#id;
  }
}
