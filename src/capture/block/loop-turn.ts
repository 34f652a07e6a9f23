/** The turn of this thread's event loop that is going on, as far as somebody watches it. */
export const loopTurn: { isLeftOut: boolean } = { isLeftOut: false };

/** The turn that is going on is nobody's delay, however long it takes: the harness runs what it measures. */
export function leaveOutTurn(): void {
  loopTurn.isLeftOut = true;
}
