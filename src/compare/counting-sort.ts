/** The numbers from 0 to one less than `count`. */
export function numbersTo(count: number): Uint32Array {
  // Note: `from` with a function takes ten times as long.
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/**
 * Numbers in the order of their keys; those of one key stay in the order in which they came.
 *
 * @param key - of a number, 0 to less than `keys`
 */
export function countingSort(
  numbers: Uint32Array,
  keys: number,
  key: (number: number) => number,
): Uint32Array {
  const next = new Uint32Array(keys + 1);
  for (const number of numbers) next[key(number) + 1] = (next[key(number) + 1] ?? 0) + 1;
  for (let i = 1; i <= keys; i++) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0);
  const sorted = new Uint32Array(numbers.length);
  for (const number of numbers) {
    const place = next[key(number)] ?? 0;
    sorted[place] = number;
    next[key(number)] = place + 1;
  }
  return sorted;
}
