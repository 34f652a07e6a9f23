import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProfError } from '../error.js';
import { writeWhole } from '../file/write-whole.js';

/** A view of profiles that was given a name: the part of an address behind the question mark. */
export interface Config {
  readonly name: string;
  readonly query: string;
}

const maxConfigs = 100;
const maxLength = 4096;

/** Configurations that pages save, in a file of the user's. */
export class ConfigFile {
  readonly #file: string;

  /** @param env - says where the file is: below XDG_CONFIG_HOME, else below HOME */
  constructor(env: Readonly<Record<string, string | undefined>>) {
    const folder = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
    this.#file = join(folder, 'prof', 'web.json');
  }

  /** By name; none where the file cannot be read. */
  list(): Config[] {
    try {
      const saved: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
      return Array.isArray(saved) ? saved.filter(isConfig) : [];
    } catch {
      return [];
    }
  }

  /**
   * Does what a page asks for, `{save: {name, query}}` or `{remove: name}`, and returns what there is then.
   *
   * @throws ProfError `usage` for anything else, `unwritable`
   */
  change(asked: unknown): Config[] {
    const before = this.list();
    const after = changed(before, asked);
    mkdirSync(dirname(this.#file), { recursive: true });
    const hint = 'Name another folder with the variable XDG_CONFIG_HOME.';
    writeWhole(this.#file, `${JSON.stringify(after, null, 2)}\n`, { hint, mode: 0o600 });
    return after;
  }
}

function changed(before: readonly Config[], asked: unknown): Config[] {
  if (!isRecord(asked)) throw wrongChange();
  const { save, remove } = asked;
  if (isConfig(save)) {
    const others = before.filter(({ name }) => name !== save.name);
    if (others.length >= maxConfigs)
      throw new ProfError('usage', `there are ${maxConfigs} configurations already`);
    const after = [...others, { name: save.name, query: save.query }];
    return after.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  if (typeof remove === 'string') return before.filter(({ name }) => name !== remove);
  throw wrongChange();
}

function wrongChange(): ProfError {
  return new ProfError('usage', 'a configuration has a name and a query');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isConfig(value: unknown): value is Config {
  if (!isRecord(value)) return false;
  const { name, query } = value;
  if (typeof name !== 'string' || typeof query !== 'string') return false;
  return name.trim() !== '' && name.length <= 80 && query.length <= maxLength;
}
