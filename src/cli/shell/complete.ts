import type { Profile } from '../../profile/profile.js';
import { shellFields } from './config.js';
import { shellCommands } from './line.js';

/** What a word may become, and the word, as Node's readline wants them. */
export type Completion = [candidates: string[], word: string];

/** The most names worth showing. */
const maxShown = 100;

/**
 * What the last word of a line may become: a command, a variable with its value or a sample type; after
 * `help` a command or a variable; else a function that contains it, also behind the `-` of what is to
 * be ignored. Names come as patterns that match them.
 */
export function completeLine(profile: Profile, line: string): Completion {
  const [, before = '', word = ''] = /^(.*?)(\S*)$/s.exec(line) ?? [];
  const first = before.trim();
  if (first === '')
    return word.includes('=') ? completeValue(profile, word) : starting(firstWords(profile), word);
  if (first === 'help')
    return starting([...shellCommands.keys(), ...shellFields.map(({ name }) => name)], word);
  if (word.startsWith('>') || first.endsWith('>')) return [[], word];
  if (!word.startsWith('-')) return containing(functionPatterns(profile), word);
  const ignored = functionPatterns(profile).map((name) => `-${name}`);
  return '-cum'.startsWith(word) ? [['-cum'], word] : containing(ignored, word.slice(1), '-');
}

/** Words that may stand first on a line. */
function firstWords({ sampleTypes }: Profile): string[] {
  const fields = shellFields.flatMap(({ name, kind, choices = [] }) => [
    kind === 'bool' ? name : `${name}=`,
    ...choices,
  ]);
  const types = sampleTypes.map(({ type }) => type);
  return [...shellCommands.keys(), 'help', 'options', 'quit', ...fields, ...types];
}

const patternFields = ['focus', 'ignore', 'prune_from', 'hide', 'show', 'show_from'];

/** The value of a variable: `sort=c`. */
function completeValue(profile: Profile, word: string): Completion {
  const at = word.indexOf('=') + 1;
  const [name, value] = [word.slice(0, at - 1), word.slice(at)];
  const field = shellFields.find((known) => known.name === name);
  const values = (list: readonly string[]): Completion =>
    starting(
      list.map((own) => `${name}=${own}`),
      word,
    );
  if (field?.kind === 'bool') return values(['true', 'false']);
  if (field?.choices !== undefined) return values(field.choices);
  if (name === 'sample_index') return values(profile.sampleTypes.map(({ type }) => type));
  if (!patternFields.includes(name)) return [[], word];
  const patterns = functionPatterns(profile).map((own) => `${name}=${own}`);
  return containing(patterns, value, `${name}=`);
}

function starting(words: readonly string[], word: string): Completion {
  return [words.filter((own) => own.startsWith(word)), word];
}

/**
 * The patterns with the typed text in them.
 *
 * readline writes what all candidates begin with over the word. Where that would lose what was typed
 * (`Hi` is in `handleHi` and in `BenchmarkHi`), the word itself comes first and nothing is written.
 *
 * @param prefix - what stands before the text in the word and before each pattern
 */
function containing(patterns: readonly string[], text: string, prefix = ''): Completion {
  const word = `${prefix}${text}`;
  const found = patterns.filter((own) => own.includes(text, prefix.length));
  if (found.length > maxShown) return [[`${found.length} functions`, '(type a part of a name)'], word];
  const common = found.reduce(commonStart, found[0] ?? '');
  return [found.length === 0 || common.includes(text, prefix.length) ? found : [word, ...found], word];
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** A pattern for each function; a name with blanks would fall apart into several words. */
function functionPatterns({ funcs, strings }: Profile): string[] {
  const names = new Set(Array.from(funcs.name, (index) => strings.get(index)));
  const whole = [...names].filter((name) => name !== '' && !/\s/.test(name));
  return whole.sort().map((name) => name.replace(/[$^*+?()[\]{}|\\]/g, '\\$&'));
}
