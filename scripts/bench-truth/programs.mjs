// What truth programs have in common: files in a folder of their own, Node programs that print JSON, turns.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program itself. */
export const prof = fileURLToPath(new URL('../../bin/prof.js', import.meta.url));

/** What `use` gives, with a folder that holds `files` (name → text) and is removed afterwards. */
export function withFolder(files, use) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-truth-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The JSON that a Node program prints; `words` are Node's own options, the file and its arguments. */
export function runJson(node, words, options = {}) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const run = spawnSync(node, words, { encoding: 'utf8', env, maxBuffer: 2 ** 28, ...options });
  if (run.status !== 0) throw new Error(`${words.join(' ')} ended with ${run.status}:\n${run.stderr}`);
  return JSON.parse(run.stdout);
}

/** `prof` with these words, run by another Node. @returns the JSON that it prints */
export function runProf(node, words, options) {
  return runJson(node, [prof, ...words, '--json'], options);
}

/** Results of `prof bench` of one file, without profiles, in order. */
export function profResults(node, file, words = []) {
  const quiet = ['--no-cpuprofile', '--no-memprofile', '--no-save'];
  return runProf(node, ['bench', file, ...quiet, ...words]).variants[0].results;
}

/**
 * Calls each of `measures` once a round, in turn (A B C, C B A, …), so that a busy moment of the machine does not
 * always meet the same one.
 *
 * @returns for each round, name → what it gave
 */
export function inTurn(measures, rounds) {
  const names = Object.keys(measures);
  return Array.from({ length: rounds }, (_, round) => {
    const values = {};
    for (const name of round % 2 === 0 ? names : names.toReversed()) values[name] = measures[name]();
    return values;
  });
}

/** The middle value, or the mean of the two in the middle. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
