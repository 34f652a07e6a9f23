import { after } from './wait.mjs';
class Counter {
  #count = 0;
  async add() {
    const next = this.#count + 1;
    await after();
    this.#count = next;
  }
}
const counter = new Counter();
await Promise.all([counter.add(), counter.add()]); // both write 1: one update is lost all the same
