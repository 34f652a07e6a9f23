// Whole processes: how long they take, and the most memory that they hold.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const gnuTime = '/usr/bin/time';

/**
 * Measures commands. They run in turn (A B C A B C …), so that a busy moment of the machine meets all
 * of them, and are compared with the first one round by round; one that fails is left out from then on.
 *
 * @param commands - each an array of words, by name
 * @returns by name, medians: `seconds`, `ratio` to the first command, `bytes`, the largest resident size, and
 *   `cpuSeconds` of the processor; undefined for a command that failed
 */
export function measureInTurn(commands, { runs, memory }) {
  const names = Object.keys(commands);
  const failed = new Set();
  const rounds = [];
  for (let i = 0; i < runs; i++) {
    const round = new Map();
    for (const name of names) {
      const result = failed.has(name) ? undefined : measure(commands[name], memory);
      if (result === undefined) failed.add(name);
      round.set(name, result);
    }
    rounds.push(round);
  }
  const of = (name) => ({
    seconds: median(rounds.map((round) => round.get(name).seconds)),
    ratio: median(rounds.map((round) => round.get(name).seconds / round.get(names[0]).seconds)),
    bytes: median(rounds.map((round) => round.get(name).bytes)),
    cpuSeconds: median(rounds.map((round) => round.get(name).cpuSeconds)),
  });
  return Object.fromEntries(names.map((name) => [name, failed.has(name) ? undefined : of(name)]));
}

/** One run; size and processor time are NaN where they are not asked for, or the system has no GNU time. */
function measure(words, memory) {
  const isWatched = memory && existsSync(gnuTime);
  const [program, ...args] = isWatched ? [gnuTime, '-f', 'peak=%M cpu=%U %S', ...words] : words;
  const start = process.hrtime.bigint();
  const run = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const [, kilobytes, user, system] = /^peak=(\d+) cpu=([\d.]+) ([\d.]+)$/m.exec(run.stderr) ?? [];
  const cpuSeconds = Number(user) + Number(system);
  return run.status === 0 ? { seconds, cpuSeconds, bytes: Number(kilobytes) * 1024 } : undefined;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
