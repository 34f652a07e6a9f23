import type { Problem } from '../benchfmt/reader.js';
import type { Io } from './io.js';

/** Of each file so many problems are told one by one. */
const mostPerFile = 20;

/** Tells what is wrong with lines of files, on standard error; where much is wrong with a file, how much. */
export class ProblemNotes {
  readonly #io: Io;
  readonly #counts = new Map<string, number>();

  constructor(io: Io) {
    this.#io = io;
  }

  /** Tells a problem. */
  note({ file, line, message }: Problem): void {
    const count = (this.#counts.get(file) ?? 0) + 1;
    this.#counts.set(file, count);
    if (count <= mostPerFile) this.#io.stderr.write(`prof: ${file}:${line}: ${message}\n`);
  }

  /** Tells how many more there were. */
  end(): void {
    for (const [file, count] of this.#counts) {
      const more = count - mostPerFile;
      if (more > 0) this.#io.stderr.write(`prof: ${file}: ${more} more lines like these\n`);
    }
  }
}
