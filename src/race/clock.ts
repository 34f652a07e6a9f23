import { slotCount } from './epoch.js';

// A vector clock is `slotCount` words of the shadow: for each slot the highest seq that happened before. Only those
// of slots that have ever been in use are looked at; the others are 0 everywhere.

/** Index of the word that counts the slots that have been in use. */
export const usedSlots = 1;

/**
 * Takes into the clock at `into` all that the one at `from` knows.
 *
 * @returns whether that was anything new
 */
export function joinClock(memory: Int32Array, into: number, from: number): boolean {
  const count = memory[usedSlots]!;
  let isNew = false;
  for (let slot = 1; slot <= count; slot++) {
    const seq = memory[from + slot]!;
    if (seq > memory[into + slot]!) {
      memory[into + slot] = seq;
      isNew = true;
    }
  }
  return isNew;
}

/** Makes the clock at `into` what the one at `from` is. */
export function copyClock(memory: Int32Array, into: number, from: number): void {
  const count = memory[usedSlots]!;
  for (let slot = 1; slot <= count; slot++) memory[into + slot] = memory[from + slot]!;
}

/** Takes in a clock that came in a message; it may be shorter where few slots were in use. */
export function joinValues(memory: Int32Array, into: number, values: Int32Array): void {
  const count = Math.min(values.length, slotCount);
  for (let slot = 1; slot < count; slot++) {
    if (values[slot]! > memory[into + slot]!) memory[into + slot] = values[slot]!;
  }
}

/** The clock at `at` as it can be sent, one value a slot, slot 0 first. */
export function clockValues(memory: Int32Array, at: number): Int32Array {
  return Int32Array.from(memory.subarray(at, at + memory[usedSlots]! + 1));
}
