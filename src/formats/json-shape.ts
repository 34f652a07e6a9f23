import { ProfError } from '../error.js';

/** An object of JSON whose fields are not known yet. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field; empty where it has none. */
export function textOf(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === 'string' ? value : '';
}

/** The number of a field; 0 where it has none. */
export function numberOf(object: JsonObject, key: string): number {
  const value = object[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The objects in a list; none where the field is no list. */
export function objectsOf(object: JsonObject, key: string): JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The numbers in a list; none where the field is no list. */
export function numbersOf(object: JsonObject, key: string): number[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}

/** The error of a file that begins like its format and then is not. */
export function badFile(name: string, problem: string): ProfError {
  return new ProfError('bad-profile', `${name}: ${problem}`, {
    hint: 'The file is damaged; record or copy it again.',
  });
}
