import type { AsciiText } from '../benchfmt/byte-table.js';
import { grown } from '../benchfmt/growable.js';
import { compareBytes } from '../text/order.js';
import { withoutParts } from './name-parts.js';
import { fixedOrder, namedOrders, type ValueOrder } from './orders.js';
import type { ProjectionField } from './parse-projection.js';
import { extractor, type Subject } from './subject.js';

/** A key's column in the tuples of a projection. */
export interface Field {
  readonly key: string;
  /** Index of its value in a tuple. */
  readonly index: number;
}

/** What all projections of one table look at by itself, and what general keys such as `.config` leave out. */
export type TakenKeys = ReadonlySet<string>;

/** What has the texts of names by their numbers. */
export interface Names {
  name(id: number): string;
  /** The text as bytes, where it is ASCII. */
  asciiName(id: number): AsciiText | undefined;
}

/** One field of the expression: a field, or the fields of all keys of a configuration. */
interface Part {
  readonly fields: Field[];
  readonly compare: ValueOrder;
  readonly fill: (tuple: string[], subject: Subject) => void;
  /** Order of first appearance; undefined where the order is another, or that of the tuples themselves. */
  readonly seen: Map<string, number> | undefined;
}

/**
 * Turns results into tuples of the values of some keys, and numbers the tuples.
 *
 * A `.config` in it is as many fields as there are keys in the configurations; they come into being as keys appear,
 * and are empty in the tuples before.
 */
export class Projection {
  readonly #keys: readonly string[];
  readonly #parts: readonly Part[];
  readonly #taken: TakenKeys;
  /** The order of the tuples is that of their numbers. */
  readonly #isByAppearance: boolean;
  readonly #fields: Field[] = [];
  /** The values of each field, by the tuples' numbers. */
  readonly #columns: string[][] = [];
  /** Where tuples are names in the order of their appearance: the numbers of these, and what has their texts. */
  #nameIds = new Int32Array(64);
  #names: Names | undefined;
  readonly #ids = new Map<string, number>();
  #size = 0;

  /** @param taken - keys that some projection names, without which `.config` and `.fullname` are */
  constructor(fields: readonly ProjectionField[], taken: TakenKeys) {
    this.#taken = taken;
    this.#keys = fields.map(({ key }) => key);
    const [only] = fields;
    this.#isByAppearance = fields.length === 1 && only?.order === 'first' && only.key !== '.config';
    this.#parts = fields.map((field) => this.#part(field));
  }

  /** The fields, those of a configuration one by one, in the order of the expression. */
  get fields(): readonly Field[] {
    return this.#parts.flatMap(({ fields }) => fields);
  }

  /** Whether there are keys that it looks at at all. */
  get isOpen(): boolean {
    return this.#parts.length > 0;
  }

  /** What of a result decides its tuple. */
  get scope(): 'name' | 'config' | 'both' {
    const count = this.#keys.filter((key) => key === '.fullname' || isOfName(key)).length;
    return count === 0 ? 'config' : count === this.#keys.length ? 'name' : 'both';
  }

  /** How many tuples there are. */
  get size(): number {
    return this.#size;
  }

  /** The number of a result's tuple. */
  project(subject: Subject): number {
    const tuple = this.#fields.map(() => '');
    for (const part of this.#parts) part.fill(tuple, subject);
    while (tuple.at(-1) === '') tuple.pop(); // a field that came later is empty in tuples before
    // Nearly all projections have one field; a list is told from its value by what no line can hold.
    const key = tuple.length <= 1 ? (tuple[0] ?? '') : `\n${JSON.stringify(tuple)}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#size);
    return this.#add(tuple);
  }

  /** Whether results of different names never share a tuple, and those of one name always do. */
  get isOfWholeName(): boolean {
    return this.#keys.length === 1 && this.#keys[0] === '.fullname' && ![...this.#taken].some(isOfName);
  }

  /** As `project`, where tuples are whole names and this is a new one. Its text is asked for when it is needed. */
  projectName(name: number, names: Names): number {
    if (!this.#isByAppearance) return this.#add([names.name(name)]);
    this.#names = names;
    this.#nameIds = grown(this.#nameIds, this.#size + 1);
    this.#nameIds[this.#size] = name;
    return this.#size++;
  }

  /** A value of a tuple, empty where the result has none. */
  value(id: number, { index }: Field): string {
    if (this.#names !== undefined) return this.#names.name(this.#nameIds[id] ?? 0);
    return this.#columns[index]?.[id] ?? '';
  }

  /** The keys of the expression that no result has. */
  unknownKeys(): string[] {
    const named = this.fields.filter(({ key }) => this.#keys.includes(key));
    return named.filter((field) => !this.#isKnown(field)).map(({ key }) => key);
  }

  /** The values of a tuple that are not empty, a blank between them. */
  label(id: number): string {
    const [only] = this.#fields;
    if (only !== undefined && this.#fields.length === 1) return this.value(id, only);
    const values = this.fields.map((field) => this.value(id, field));
    return values.filter((value) => value !== '').join(' ');
  }

  /** As `label`, without a string where a name has none yet. */
  labelText(id: number): string | AsciiText {
    return this.#names?.asciiName(this.#nameIds[id] ?? 0) ?? this.label(id);
  }

  /** The place of each tuple in the order of the projection, by its number. */
  ranks(): Int32Array {
    const numbers = new Int32Array(this.#size);
    for (let i = 0; i < numbers.length; i++) numbers[i] = i;
    if (this.#isByAppearance) return numbers;
    const ranks = new Int32Array(this.#size);
    for (const [rank, id] of numbers.sort((a, b) => this.#compare(a, b)).entries()) ranks[id] = rank;
    return ranks;
  }

  /** Whether some result has a value of a field. */
  #isKnown(field: Field): boolean {
    for (let id = 0; id < this.#size; id++) if (this.value(id, field) !== '') return true;
    return false;
  }

  #add(tuple: readonly string[]): number {
    for (const { seen, fields } of this.#parts) {
      const value = tuple[fields[0]?.index ?? 0] ?? '';
      if (seen !== undefined && !seen.has(value)) seen.set(value, seen.size);
    }
    for (const [i, column] of this.#columns.entries()) column[this.#size] = tuple[i] ?? '';
    return this.#size++;
  }

  #compare(a: number, b: number): number {
    for (const { fields, compare } of this.#parts) {
      for (const field of fields) {
        const [x, y] = [this.value(a, field), this.value(b, field)];
        if (x === y) continue;
        return compare(x, y) || compareBytes(x, y);
      }
    }
    return 0;
  }

  #part({ key, order }: ProjectionField): Part {
    if (key === '.config') return this.#configPart(order);
    const field = this.#field(key);
    const extract = key === '.fullname' ? this.#fullName() : extractor(key);
    const isRanked = order === 'first' && this.#keys.length > 1;
    const seen = isRanked ? new Map<string, number>() : undefined;
    return {
      fields: [field],
      seen,
      compare: seen === undefined ? orderOf(order) : (a, b) => (seen.get(a) ?? 0) - (seen.get(b) ?? 0),
      fill: (tuple, subject) => {
        tuple[field.index] = extract(subject);
      },
    };
  }

  #fullName(): (subject: Subject) => string {
    const keys = [...this.#taken].filter(isOfName);
    return ({ name }) => (keys.length === 0 ? name : withoutParts(name, keys));
  }

  /** Note: as in benchstat, values of a configuration's key have the order of texts, not that of appearance. */
  #configPart(order: ProjectionField['order']): Part {
    const fields: Field[] = [];
    const known = new Map<string, Field>();
    const fill = (tuple: string[], { settings }: Subject): void => {
      for (const [key, value] of settings) {
        let field = known.get(key);
        if (field === undefined && !this.#taken.has(key)) {
          known.set(key, (field = this.#field(key)));
          fields.push(field);
        }
        if (field !== undefined) tuple[field.index] = value;
      }
    };
    return { fields, fill, seen: undefined, compare: order === 'first' ? compareBytes : orderOf(order) };
  }

  #field(key: string): Field {
    const field = { key, index: this.#fields.length };
    this.#fields.push(field);
    this.#columns.push([]);
    return field;
  }
}

function orderOf(order: ProjectionField['order']): ValueOrder {
  if (typeof order === 'object') return fixedOrder(order.values);
  return namedOrders.get(order) ?? compareBytes;
}

/** Whether a key is a part of a name. */
function isOfName(key: string): boolean {
  return key === '.name' || key.startsWith('/');
}
