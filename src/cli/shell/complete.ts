import type { Profile } from '../../profile/profile.js';
import { shellFields } from './config.js';
import { shellCommands } from './line.js';

/** Words that may stand first on a line. */
function firstWords({ sampleTypes }: Profile): string[] {
  const fields = shellFields.flatMap(({ name, kind, choices = [] }) => [
    kind === 'bool' ? name : `${name}=`,
    ...choices,
  ]);
  const types = sampleTypes.map(({ type }) => type);
  return [...shellCommands.keys(), 'help', 'options', 'quit', ...fields, ...types];
}

/**
 * What the last word of a line may become: a command, a variable or a sample type, after `help` a
 * command or a variable, else a function that contains it.
 *
 * @returns the candidates and the word that they replace, as Node's readline wants them
 */
export function completeLine(profile: Profile, line: string): [candidates: string[], word: string] {
  const [, before = '', word = ''] = /^(.*?)(\S*)$/s.exec(line) ?? [];
  const starts = (words: readonly string[]): string[] => words.filter((own) => own.startsWith(word));
  if (before.trim() === '') return [starts(firstWords(profile)), word];
  if (before.trim() === 'help')
    return [starts([...shellCommands.keys(), ...shellFields.map(({ name }) => name)]), word];
  return [functionNames(profile).filter((name) => name.includes(word)), word];
}

function functionNames({ funcs, strings }: Profile): string[] {
  const names = new Set(Array.from(funcs.name, (index) => strings.get(index)));
  // A name with blanks would fall apart into several words.
  return [...names].filter((name) => name !== '' && !/\s/.test(name)).sort();
}
