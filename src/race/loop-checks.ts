import { isView } from './native.js';
import { isNumeric, type MarkedView, markKey } from './view.js';

// What a loop asks before iterations of it run without hooks; see source/transform/race/noted-loops.

/** Whether a value is a typed array whose elements are numbers. */
export function hasNumbers(value: unknown): boolean {
  if (isView(value) && markKey in value) return (value as MarkedView)[markKey].isNumeric; // it has a mark
  return isNumeric(value);
}

const math = Math;
const members = new Map<string, unknown>(
  Object.getOwnPropertyNames(math).map((name) => [name, math[name as keyof Math]]), // a name of it
);

/** Whether `object` is Math itself, and its member what it was before the program could change it. */
export function isOfMath(object: unknown, name: string): boolean {
  return object === math && members.has(name) && math[name as keyof Math] === members.get(name); // a name of it
}
