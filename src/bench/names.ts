import type { BenchmarkPath } from './job.js';

/** A name as a part of a benchmark's name: spaces become `_`, what cannot be printed is escaped, as in Go. */
export function rewriteName(name: string): string {
  return name
    .replace(/\s/gu, '_')
    .replace(/[\p{Cc}\p{Cs}]/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Gives names that come again a number: `a`, `a#01`, `a#02`; what has no name is `#00`. */
export class UniqueNames {
  readonly #counts = new Map<string, number>();
  readonly #given = new Set<string>();

  next(name: string): string {
    const rewritten = rewriteName(name);
    // A name that was given before may be one that somebody chose: `a`, `a#01`, `a`.
    for (;;) {
      const count = this.#counts.get(rewritten) ?? 0;
      this.#counts.set(rewritten, count + 1);
      const isPlain = count === 0 && rewritten !== '';
      const unique = isPlain ? rewritten : `${rewritten}#${String(count).padStart(2, '0')}`;
      if (this.#given.has(unique)) continue;
      this.#given.add(unique);
      return unique;
    }
  }
}

/** A benchmark's whole name as the result line has it. */
export function pathName(path: BenchmarkPath): string {
  return path.join('/');
}
