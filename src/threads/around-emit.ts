/**
 * Stands around an event of `process`; `proceed` calls its listeners and says whether there were any.
 *
 * @returns what the emitter is told: whether there were listeners
 */
export type AroundEmit = (
  event: string | symbol,
  args: readonly unknown[],
  proceed: () => boolean,
) => boolean;

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Puts `around` around `process.emit` of this thread, which Node itself calls for `exit`, for signals
 * and for listeners that come and go. Unlike a listener it cannot be removed, is not counted, and
 * can act after all others.
 */
export function aroundProcessEmit(around: AroundEmit): void {
  const emit = process.emit as Emit; // its overloads, in one
  process.emit = function (this: unknown, event: string | symbol, ...args: unknown[]): boolean {
    const proceed = (): boolean => Reflect.apply(emit, this, [event, ...args]);
    return this === process ? around(event, args, proceed) : proceed();
  } as typeof process.emit;
}
