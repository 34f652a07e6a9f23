import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeWhole } from '../../file/write-whole.js';

const maxLines = 500;

/**
 * The lines typed in the shell, kept in a file between runs. It is a convenience: where it cannot be
 * read or written, nothing is said.
 */
export class History {
  readonly #file: string;

  /** @param env - says where the file is: below XDG_STATE_HOME, else below HOME */
  constructor(env: Readonly<Record<string, string | undefined>>) {
    const state = env['XDG_STATE_HOME'] || join(env['HOME'] || homedir(), '.local', 'state');
    this.#file = join(state, 'prof', 'history');
  }

  /** The last 500 lines, latest first; a file that has grown far beyond them is cut. */
  read(): string[] {
    try {
      const lines = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1);
      const kept = lines.slice(-maxLines);
      if (lines.length > 2 * maxLines) writeWhole(this.#file, `${kept.join('\n')}\n`, { hint: '' });
      return kept.reverse();
    } catch {
      return [];
    }
  }

  /** Adds a line at once: a terminal may be closed at any time, and two shells may be open. */
  add(line: string): void {
    if (line.trim() === '') return;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, `${line}\n`, { mode: 0o600 });
    } catch {
      // See above.
    }
  }
}
