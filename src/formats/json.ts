import type { Source } from './source.js';

/** An object of JSON, its properties not yet looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value of JSON is an object, and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value of JSON is an array. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The value where it is a finite number, else `fallback`. */
export function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/** The value where it is a text, else an empty one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * The value where it is an array of finite numbers.
 *
 * @param place - where in the file it stands, for errors
 */
export function numbersOf(source: Source, value: unknown, place: string): number[] {
  if (!isArray(value)) return source.fail(place, 'is not an array');
  return value.map((element, i) =>
    typeof element === 'number' && Number.isFinite(element)
      ? element
      : source.fail(`${place}[${i}]`, `${JSON.stringify(element)?.slice(0, 40)} is no number`),
  );
}
