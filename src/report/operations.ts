import type { Profile } from '../profile/profile.js';

/** How often each benchmark ran while a profile was taken. */
export type Operations = ReadonlyMap<string, number>;

/**
 * What a profile says about how often its benchmarks ran, in comments `# operations: NAME N` as `prof bench` writes
 * them. Empty where it says nothing.
 */
export function operationsOf({ comments }: Profile): Operations {
  const operations = new Map<string, number>();
  for (const comment of comments) {
    const [, name, count] = /^# operations: (.+) (\d+(?:\.\d+)?)$/.exec(comment) ?? [];
    if (name !== undefined && Number(count) > 0) operations.set(name, Number(count));
  }
  return operations;
}
