/** A benchmark's name taken apart; put together again, base and parts are the name. */
export interface NameParts {
  /** What stands before all else: `Copy` of `Copy/size=4k-16`. */
  readonly base: string;
  /** `/key=value` or `/text` each. */
  readonly parts: readonly string[];
  /** `-16`, or empty. */
  readonly suffix: string;
}

/** Takes a name without `Benchmark` apart. */
export function nameParts(name: string): NameParts {
  const suffix = /-\d+$/.exec(name)?.[0] ?? '';
  const [base = '', ...parts] = name.slice(0, name.length - suffix.length).split(/(?=\/)/);
  // A name that begins with a slash has an empty base.
  return base.startsWith('/') ? { base: '', parts: [base, ...parts], suffix } : { base, parts, suffix };
}

/** The value of `/key` in a name, empty where it has none; `/gomaxprocs` is the number behind the name as well. */
export function partValue(name: string, key: string): string {
  const { parts, suffix } = nameParts(name);
  if (key === '/gomaxprocs' && suffix !== '') return suffix.slice(1);
  return parts.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
}

/**
 * A name without some of its parts. They are taken out altogether, so that a name without them is the same; the base
 * becomes `*`.
 *
 * @param keys - `.name` and `/key`; all others mean nothing
 */
export function withoutParts(name: string, keys: readonly string[]): string {
  const { base, parts, suffix } = nameParts(name);
  const left = parts.filter((part) => !keys.some((key) => key.startsWith('/') && part.startsWith(`${key}=`)));
  const isThreadsLeft = !keys.includes('/gomaxprocs');
  return (keys.includes('.name') ? '*' : base) + left.join('') + (isThreadsLeft ? suffix : '');
}
