import type { Whereabouts } from './stack.js';

/** Operators of an assignment or update that Atomics have a function for. */
const operations: Readonly<Record<string, string>> = {
  '++': 'add',
  '--': 'sub',
  '+=': 'add',
  '-=': 'sub',
  '&=': 'and',
  '|=': 'or',
  '^=': 'xor',
};

/** Views that Atomics work on. */
const integers = /^(Big)?(Int|Uint)\d+Array$/;

/**
 * What may mend a race, in a sentence without a stop; empty where nothing is known.
 *
 * @param access - the later of the two accesses
 * @param view - the class of its view, such as `Int32Array`
 */
export function hintFor(access: Whereabouts, previous: Whereabouts | undefined, view: string): string {
  const { code, kind } = access;
  if (code === undefined || !integers.test(view)) return '';
  const place = `${code.view}, ${code.key}`;
  const one = view.startsWith('Big') ? '1n' : '1';
  const operation = operations[code.operator];
  if (operation !== undefined) return `use Atomics.${operation}(${place}, ${code.value || one})`;
  const isAtomic = previous?.kind.startsWith('atomic') === true;
  const both = isAtomic ? '' : ' on both sides';
  if (kind === 'read')
    return `use Atomics.load(${place})${both}, or order the accesses by a lock or a message`;
  if (kind === 'write' && code.operator === '=') {
    return `use Atomics.store(${place}, ${code.value})${both}, or order the accesses by a lock or a message`;
  }
  return '';
}
