import { ProfError } from '../../error.js';
import { parseInt64 } from '../../unit/parse-number.js';
import { isMemoryMapStart } from './memory-map.js';

/** Whether a line says nothing. */
export function isBlank(line: string): boolean {
  const trimmed = line.trim();
  return trimmed === '' || trimmed.startsWith('#');
}

/** The lines of a text, each with its 1-based number for errors. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''));
}

/** The lines behind the one that begins a memory map; none where there is none. */
export function memoryMapOf(lines: readonly string[], from: number): readonly string[] {
  const at = lines.findIndex((line, i) => i >= from && isMemoryMapStart(line));
  return at < 0 ? [] : lines.slice(at + 1);
}

/** The numbers `0x…` of a line. */
export function hexNumbers(line: string, place: string): bigint[] {
  return [...line.matchAll(/0x[0-9a-f]+/g)].map(([text]) => {
    const value = BigInt(text);
    if (value >= 2n ** 64n) throw badFile(place, `the address ${text} has more than 64 bits`);
    return value;
  });
}

/** Return addresses point behind the call; one less lies on it. */
export function callAddresses(addresses: readonly bigint[], keepsLeaf = false): bigint[] {
  return addresses.map((address, i) => (i === 0 && keepsLeaf ? address : BigInt.asUintN(64, address - 1n)));
}

/** A decimal number. */
export function decimal(text: string, place: string): bigint {
  const value = parseInt64(text);
  if (value === undefined) throw badFile(place, `${text} is no number of 64 bits`);
  return value;
}

/** The error of a file that begins like its format and then is not. */
export function badFile(place: string, problem: string): ProfError {
  return new ProfError('bad-profile', `${place}: ${problem}`, {
    hint: 'The file is damaged; record or copy it again.',
  });
}
