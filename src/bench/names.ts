import type { BenchmarkPath } from './job.js';

/** A name as a part of a benchmark's name: spaces become `_`, what cannot be printed is escaped, as in Go. */
function rewriteName(name: string): string {
  return name
    .replace(/\s/gu, '_')
    .replace(/[\p{Cc}\p{Cs}]/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Gives names that come again a number: `a`, `a#01`, `a#02`. */
export class UniqueNames {
  readonly #seen = new Map<string, number>();

  next(name: string): string {
    const rewritten = rewriteName(name) || '#00';
    const count = this.#seen.get(rewritten) ?? 0;
    this.#seen.set(rewritten, count + 1);
    return count === 0 ? rewritten : `${rewritten}#${String(count).padStart(2, '0')}`;
  }
}

/** A benchmark's whole name as the result line has it. */
export function pathName(path: BenchmarkPath): string {
  return path.join('/');
}

/**
 * Whether `--bench` asks for a benchmark. As in Go the pattern is split at its slashes (those in
 * brackets excepted) and each part must match the part of the name in its place; parts that one of
 * the two lacks match.
 *
 * @param pattern - the value of `--bench`
 */
export function matchesBench(pattern: string, path: BenchmarkPath): boolean {
  const parts = splitPattern(pattern);
  return path.every((name, i) => parts[i] === undefined || new RegExp(parts[i], 'u').test(name));
}

function splitPattern(pattern: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '[' || c === '(') depth++;
    if (c === ']' || c === ')') depth--;
    if (c === '/' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c === '\\' ? c + pattern.charAt(++i) : c;
  }
  return parts;
}
