// An epoch says who accessed and when, in one Int32 so that it is never torn:
//
//   bits 24–30  slot, 1 to 127: the thread; 0 in an empty cell
//   bits  0–23  seq: the thread's logical clock, and the index of its access record

/** Slots for threads, and the length of a vector clock. Slot 0 is nobody's. */
export const slotCount = 128;

/** The highest seq of a slot. */
export const maxSeq = 0xffffff;

/** @param seq - 1 to `maxSeq` */
export function makeEpoch(slot: number, seq: number): number {
  return (slot << 24) | seq;
}

/** The slot of an epoch; 0 of an empty cell. */
export function slotOf(epoch: number): number {
  return epoch >>> 24;
}

/** The seq of an epoch. */
export function seqOf(epoch: number): number {
  return epoch & maxSeq;
}
