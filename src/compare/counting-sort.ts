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
 * @param keys - by number, 0 to less than `keyCount`
 */
export function countingSort(numbers: Uint32Array, keys: Int32Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 1);
  let isSorted = true;
  let last = 0;
  for (let i = 0; i < numbers.length; i++) {
    const key = keys[numbers[i] ?? 0] ?? 0;
    if (key < last) isSorted = false;
    next[key + 1] = (next[key + 1] ?? 0) + 1;
    last = key;
  }
  return isSorted ? numbers : placed(numbers, keys, runningSums(next));
}

function runningSums(counts: Uint32Array): Uint32Array {
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0);
  return counts;
}

/** @param next - the place of the next number of each key */
function placed(numbers: Uint32Array, keys: Int32Array, next: Uint32Array): Uint32Array {
  const sorted = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? 0;
    const key = keys[number] ?? 0;
    const place = next[key] ?? 0;
    sorted[place] = number;
    next[key] = place + 1;
  }
  return sorted;
}
