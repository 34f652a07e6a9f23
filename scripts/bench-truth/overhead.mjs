// What a CPU profile costs at 1 kHz: truth programs of cpu/ without a profiler and with it, in processes of their own,
// in turn, by the same flags of V8; and against V8's default flags, which let it inline.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuFlags } from '../../dist/bench/cpu-pass.js';
import { inTurn, median, runJson } from './programs.mjs';

export const title = 'Overhead of a CPU profile';
/** Percent. */
export const limit = 4;

const folder = fileURLToPath(new URL('./cpu', import.meta.url));
const one = fileURLToPath(new URL('./overhead-one.mjs', import.meta.url));
const flags = cpuFlags({ inline: false });

const modes = {
  defaults: (file) => [one, file],
  plain: (file) => [...flags, one, file],
  profiled: (file) => [...flags, one, file, 'profiled'],
};

/** Rows of the programs whose name matches: medians of how much longer an operation took, in percent. */
export async function run({ node, match, rounds }) {
  const files = readdirSync(folder).filter((file) => !file.includes('-') && match.test(file));
  return files.map((file) => {
    const turns = inTurn(
      Object.fromEntries(
        Object.entries(modes).map(([mode, words]) => [
          mode,
          () => runJson(node, words(join(folder, file))).nanos,
        ]),
      ),
      2 * rounds,
    );
    const more = (mode, than) => median(turns.map((nanos) => 100 * (nanos[mode] / nanos[than] - 1)));
    return {
      program: basename(file, '.mjs'),
      unit: '%',
      truth: 0,
      readings: {
        prof: more('profiled', 'plain'),
        "against V8's defaults": more('profiled', 'defaults'),
        'the flags alone': more('plain', 'defaults'),
      },
    };
  });
}
