let counter: (() => number) | undefined;

/** Says how many races were found so far; called once, where a thread is watched. */
export function countRacesBy(count: () => number): void {
  counter = count;
}

/** Races that were found so far by all threads of this process; undefined where nobody looks for any. */
export function raceCount(): number | undefined {
  return counter?.();
}
