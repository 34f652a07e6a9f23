import type { Setting } from '../benchfmt/config.js';
import { nameParts, partValue } from './name-parts.js';

/** What filters and projections look at: all of a result but its values. */
export interface Subject {
  /** Without `Benchmark`. */
  readonly name: string;
  readonly file: string;
  readonly settings: readonly Setting[];
}

/**
 * What gives a key's value: `.name`, `.fullname`, `.file`, `/key` of the name, or a key of the configuration.
 * The value is empty where a result has none.
 */
export function extractor(key: string): (subject: Subject) => string {
  if (key === '.name') return ({ name }) => baseName(name);
  if (key === '.fullname') return ({ name }) => name;
  if (key === '.file') return ({ file }) => file;
  if (key.startsWith('/')) return ({ name }) => partValue(name, key);
  return ({ settings }) => settings.find(([other]) => other === key)?.[1] ?? '';
}

function baseName(name: string): string {
  return nameParts(name).base;
}
