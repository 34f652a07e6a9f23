// Whole processes: how long they take, and the most memory that they hold.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const gnuTime = '/usr/bin/time';

/**
 * Times commands. They run in turn (A B C A B C …), so that a busy moment of the machine meets all
 * of them, and are compared with the first one round by round; one that fails is left out from then on.
 *
 * @param commands - each an array of words, by name
 * @returns by name, medians: `seconds`, and `ratio` to the first command; undefined for one that failed
 */
export function timeInTurn(commands, runs) {
  const names = Object.keys(commands);
  const failed = new Set();
  const rounds = [];
  for (let i = 0; i < runs + 1; i++) {
    const round = new Map();
    for (const name of names) {
      const seconds = failed.has(name) ? undefined : timeOnce(commands[name]);
      if (seconds === undefined) failed.add(name);
      round.set(name, seconds);
    }
    rounds.push(round);
  }
  // The first round warms caches up.
  const counted = rounds.slice(1);
  const medians = (name) => ({
    seconds: median(counted.map((round) => round.get(name))),
    ratio: median(counted.map((round) => round.get(name) / round.get(names[0]))),
  });
  return Object.fromEntries(names.map((name) => [name, failed.has(name) ? undefined : medians(name)]));
}

function timeOnce([program, ...args]) {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(program, args, { stdio: 'ignore' });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return status === 0 ? seconds : undefined;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The largest resident size of a command, in bytes; undefined where the system has no GNU time. */
export function peakMemory(words) {
  if (!existsSync(gnuTime)) return undefined;
  const { stderr, status } = spawnSync(gnuTime, ['-f', 'peak=%M', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const kilobytes = /^peak=(\d+)$/m.exec(stderr)?.[1];
  return status !== 0 || kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
