/** Records something in the thread that makes it, for as long as the thread wants. */
export interface Recorder<T = unknown> {
  /** Begins; at most once. */
  start(): void;
  /** Ends; what was recorded, of a kind that can be cloned. */
  stop(): T;
}
