import type { BenchReader } from '../benchfmt/reader.js';
import type { Subject } from '../query/subject.js';

/** All of a result but its values; its name becomes a text when it is asked for. */
export class ResultSubject implements Subject {
  readonly file: Subject['file'];
  readonly settings: Subject['settings'];
  readonly #reader: BenchReader;
  readonly #name: number;

  /**
   * @param name - its number
   * @param config - the number of the configuration
   */
  constructor(reader: BenchReader, name: number, config: number) {
    const { file = '', settings = [] } = reader.configs[config] ?? {};
    this.file = file;
    this.settings = settings;
    this.#reader = reader;
    this.#name = name;
  }

  get name(): string {
    return this.#reader.name(this.#name);
  }
}
