/** What is told of the order between threads, and of the buffers that go from one to another. */
export interface Order {
  /** A message is about to be sent: what its receiver will know of what happened before. */
  send(): Int32Array;
  /** A message has come. */
  receive(clock: Int32Array): void;
  /** Something has come that tells no more than that it came from somewhere: all that was done so far is before it. */
  receiveAll(): void;
  /** A lock of that name is held from now on; what its holders before did is before now. */
  enter(lock: string): void;
  /** It is about to be given back. */
  leave(lock: string): void;
  /** Whether there may be shared buffers in a message. */
  hasBuffers(): boolean;
  /** The number by which all threads know a buffer. */
  numberOf(buffer: SharedArrayBuffer): number;
  /** A buffer with that number has come. */
  adopt(buffer: SharedArrayBuffer, number: number): void;
  /** A view over shared memory has come. */
  noteView(view: ArrayBufferView): void;
}
