import { allocate } from './layout.js';
import { atomics } from './native.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Puts a text where all threads can read it; 0 where memory is used up. */
export function writeText(memory: Int32Array, text: string): number {
  const bytes = encoder.encode(text);
  const at = allocate(memory, 1 + Math.ceil(bytes.length / 4));
  if (at === 0) return 0;
  new Uint8Array(memory.buffer, (at + 1) * 4, bytes.length).set(bytes);
  atomics.store(memory, at, bytes.length);
  return at;
}

/** The text at `at`. */
export function readText(memory: Int32Array, at: number): string {
  const bytes = new Uint8Array(memory.buffer, (at + 1) * 4, atomics.load(memory, at));
  return decoder.decode(bytes.slice()); // a copy: decoders refuse shared memory
}
