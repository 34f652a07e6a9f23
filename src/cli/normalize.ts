import type { OptionSpec } from './command.js';
import { wrongValue } from './options.js';

/** Option names with and without hyphens are the same: `nodecount` is `node-count`. */
const squeeze = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();

const trueWords = new Set(['true', 't', 'yes', 'y', '1']);
const falseWords = new Set(['false', 'f', 'no', 'n', '0']);

/**
 * Rewrites option names to the one form that the parser knows: Go's single dash (`-cum`), `_` for
 * `-`, names without hyphens, `--cum=true` and `-trim=false`. Values, words behind `--`, and with
 * `passThrough` all words from the first that is no option on, stay as they are. A word that
 * names no known option is left for the parser to complain about.
 *
 * @param words - the words behind the command's name
 * @throws ProfError `usage` for a flag with a value that is neither true nor false
 */
export function normalizeOptions(
  words: readonly string[],
  specs: readonly OptionSpec[],
  passThrough = false,
): string[] {
  const known = lookupTable(specs);
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word);
    if (word === '--' || (passThrough && !word.startsWith('-'))) return [...out, ...words.slice(i)];
    const kind = specs.find(
      ({ writtenAs }) => writtenAs !== undefined && /^--?(.*)$/.exec(word)?.[1] === writtenAs,
    );
    if (kind !== undefined) {
      out.push(`--${kind.name}`);
      continue;
    }
    const spec = match?.[1] === undefined ? undefined : known.get(squeeze(match[1]));
    if (match?.[1] === undefined || spec === undefined || isShort(word, spec.spec)) {
      out.push(word);
      const short = /^-(\w)$/.exec(word);
      if (short && specs.find((s) => s.short === short[1])?.value !== undefined)
        out.push(...words.slice(++i, i + 1));
      continue;
    }
    out.push(rewrite(spec, match[2]));
    if (spec.spec.value !== undefined && match[2] === undefined) out.push(...words.slice(++i, i + 1));
  }
  return out;
}

interface Known {
  readonly spec: OptionSpec;
  readonly negated: boolean;
}

function lookupTable(specs: readonly OptionSpec[]): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const spec of specs) {
    for (const name of [spec.name, ...(spec.aliases ?? [])]) {
      known.set(squeeze(name), { spec, negated: false });
      if (spec.value === undefined || spec.onByDefault)
        known.set(squeeze(`no-${name}`), { spec, negated: true });
    }
  }
  return known;
}

/** `-v` given as such stays a short option; `-n` of an option called `n` alone would be one as well. */
function isShort(word: string, spec: OptionSpec): boolean {
  return /^-\w$/.test(word) && spec.name.length > 1;
}

function rewrite({ spec, negated }: Known, value: string | undefined): string {
  if (spec.value !== undefined && !negated) return `--${spec.name}${value === undefined ? '' : `=${value}`}`;
  const isOn = value === undefined || trueWords.has(value);
  if (!isOn && !falseWords.has(value)) throw wrongValue(spec.name, value, 'true or false');
  return isOn === negated ? `--no-${spec.name}` : `--${spec.name}`;
}
