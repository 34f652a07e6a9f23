import { tidyUnit } from '../unit/tidy.js';

/** What files say about units, such as `Unit ns/op better=lower`. The first word on a unit counts. */
export class UnitMetadata {
  readonly #values = new Map<string, string>();

  /** What was said: `get('ns/op', 'better')`. Undefined where nothing was. */
  get(unit: string, key: string): string | undefined {
    return this.#values.get(keyOf(unit, key));
  }

  /**
   * Takes a `Unit` line.
   *
   * @param words - those behind `Unit`
   * @returns what is wrong with it; the rest of it counts
   */
  read([unit, ...pairs]: readonly string[]): string[] {
    if (unit === undefined) return ['missing unit'];
    return pairs.flatMap((pair) => this.#set(unit, pair) ?? []);
  }

  #set(unit: string, pair: string): string | undefined {
    const [, key, value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined) return 'expected key=value';
    const known = this.get(unit, key);
    if (known === undefined) this.#values.set(keyOf(unit, key), value);
    const isOther = known !== undefined && known !== value;
    return isOther ? `metadata ${key} of unit ${unit} already set to ${known}` : undefined;
  }
}

function keyOf(unit: string, key: string): string {
  return `${tidyUnit(unit).unit}\n${key}`;
}
