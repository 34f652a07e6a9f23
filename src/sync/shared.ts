import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { ProfError } from '../error.js';
import { nameMemory } from './contention.js';

/**
 * Shared memory by name: every thread of one run that asks for `name` gets the same buffer, zero at first.
 *
 * The main thread makes it, at the first call; threads that start later inherit it.
 *
 * @param name - any text; one name, one buffer
 * @param byteLength - at least 1; the same wherever the name is used
 * @throws ProfError `usage` where a worker asks for memory that the main thread had not made
 *   before it started the worker, or where the name stands for memory of another size
 */
export function shared(name: string, byteLength: number): SharedArrayBuffer {
  const key = `prof-toolkit/sync ${name}`;
  const known = getEnvironmentData(key);
  if (known instanceof SharedArrayBuffer) return named(checkSize(known, name, byteLength), name);
  if (!Number.isSafeInteger(byteLength) || byteLength < 1) throw wrongSize(name, byteLength);
  if (!isMainThread) throw notMade(name, byteLength);
  const made = new SharedArrayBuffer(byteLength);
  setEnvironmentData(key, made);
  onMade()?.(made, name);
  return named(made, name);
}

function named(buffer: SharedArrayBuffer, name: string): SharedArrayBuffer {
  nameMemory(buffer, name);
  return buffer;
}

/** The race detector's slot: told of memory that is made, so that reports can name it. */
function onMade(): ((buffer: SharedArrayBuffer, name: string) => void) | undefined {
  const slot = Symbol.for('prof-toolkit.shared');
  return (globalThis as { [slot]?: (buffer: SharedArrayBuffer, name: string) => void })[slot]; // installed as such
}

function checkSize(buffer: SharedArrayBuffer, name: string, byteLength: number): SharedArrayBuffer {
  if (buffer.byteLength === byteLength) return buffer;
  throw new ProfError('usage', `shared memory "${name}" has ${buffer.byteLength} bytes, not ${byteLength}`, {
    hint: 'Ask for the same size everywhere, or use another name.',
  });
}

function wrongSize(name: string, byteLength: number): ProfError {
  return new ProfError('usage', `shared memory "${name}": ${byteLength} is not a size`, {
    hint: 'Give a whole number of bytes, at least 1.',
  });
}

function notMade(name: string, byteLength: number): ProfError {
  return new ProfError('usage', `shared memory "${name}" is first used in a worker`, {
    hint: `Call shared('${name}', ${byteLength}) on the main thread before it starts the worker, such as by importing the same module there.`,
  });
}
