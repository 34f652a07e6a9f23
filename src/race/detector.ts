import { getInstrumented } from '../source/transform/instrumented.js';
import type { Order } from '../threads/order.js';
import { replace } from '../threads/patch.js';
import { Accesses } from './access.js';
import { hookAtomics } from './atomic-hooks.js';
import { hookBuiltins } from './builtin-hooks.js';
import { joinValues } from './clock.js';
import { hookFunctionText } from './function-text.js';
import { ElementHooks, installHooks } from './hooks.js';
import { header, lockCount, locksAt } from './layout.js';
import type { RaceOptions } from './options.js';
import { getOrAllocate } from './region.js';
import { Reporter } from './reporter.js';
import { StackWriter } from './stack.js';
import { enterWaiters, leaveWaiters, lockSyncVar, syncVarWords, unlockSyncVar } from './sync-var.js';
import { writeText } from './text.js';
import { type Calls, endThread, RaceThread, startThread } from './thread.js';
import { Views } from './view.js';
import { hookViews } from './view-hooks.js';
import { hookWaits } from './wait-hooks.js';

/** What the detector of a thread is made from; it is cloned into the threads that it starts. */
export interface DetectorStart {
  /** The shadow. A view over all of it could not be cloned: V8 keeps the length of a cloned view in 32 bits. */
  readonly shadow: SharedArrayBuffer;
  readonly options: RaceOptions;
  /** Number and slot of the thread. */
  readonly thread: { readonly number: number; readonly slot: number };
  /** Its text where it is started with `eval`. */
  readonly code?: string | undefined;
}

/** The race detector of one thread. */
export class Detector {
  readonly start: DetectorStart;
  readonly reporter: Reporter;
  readonly views: Views;
  readonly #thread: RaceThread;
  readonly #stacks: StackWriter;

  constructor(start: DetectorStart) {
    const { shadow, options, thread } = start;
    const memory = new Int32Array(shadow);
    const calls: Calls = { site: 0, context: 0 };
    this.start = start;
    this.#stacks = new StackWriter(memory, getInstrumented);
    this.reporter = new Reporter(memory, options);
    this.views = new Views(memory, thread.number);
    this.#thread = new RaceThread({
      memory,
      ...thread,
      historySize: options.historySize,
      calls,
      describe: (kind) => this.#stacks.write(kind),
    });
    const accesses = new Accesses(this.#thread, (conflict) => this.reporter.report(conflict));
    const hooks = new ElementHooks(accesses);
    const tools = { accesses, views: this.views, calls, hooks, replace, hasWasm: options.wasm };
    installHooks(hooks, this.views, calls);
    this.#installBuffers();
    hookAtomics(tools);
    hookWaits(tools);
    hookViews(tools);
    hookBuiltins(tools);
    hookFunctionText();
  }

  /**
   * What a thread that is about to be started is given; undefined where there is no room for it.
   *
   * @param code - its text where it is started with `eval`
   */
  startOfChild(code: string | undefined): DetectorStart | undefined {
    const { shadow, options, thread } = this.start;
    const { memory } = this.#thread;
    const clock = this.#thread.send();
    const child = startThread(memory, { parent: thread.number, started: this.#stacks.write('') });
    if (child === undefined) return undefined;
    // Whoever had the slot before is heard of: see `acquire`.
    joinValues(memory, this.#thread.clockOf(child.slot), clock);
    return { shadow, options, thread: child, code };
  }

  childEnded({ thread }: DetectorStart): void {
    endThread(this.#thread, thread.number);
  }

  childHeardOf({ thread }: DetectorStart): void {
    this.#thread.acquireThread(thread.number);
  }

  /** How messages carry the order of this thread. */
  order(): Order {
    const thread = this.#thread;
    const { views } = this;
    return {
      send: () => thread.send(),
      receive: (clock) => thread.receive(clock),
      receiveAll: () => thread.acquireAll(),
      enter: (name) => {
        const at = this.#lockVar(name);
        const key = lockSyncVar(thread, at);
        enterWaiters(thread, at);
        unlockSyncVar(thread.memory, at, key);
      },
      leave: (name) => {
        const at = this.#lockVar(name);
        const key = lockSyncVar(thread, at);
        thread.beforeRelease();
        leaveWaiters(thread, at);
        unlockSyncVar(thread.memory, at, key);
        thread.released();
      },
      hasBuffers: () => views.hasAny(),
      numberOf: (buffer) => views.regionOf(buffer),
      adopt: (buffer, number) => views.adopt(buffer, number),
      noteView: (view) => views.mark(view),
    };
  }

  /** The sync variable of a lock by name; a few names share one, which only adds order. */
  #lockVar(name: string): number {
    const { memory } = this.#thread;
    let hash = 0;
    for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
    const place = locksAt + ((hash >>> 0) % lockCount);
    return getOrAllocate(memory, place, syncVarWords) || memory[header.fallback]!;
  }

  /** Notes where shared buffers are made, and their names. */
  #installBuffers(): void {
    const note = (buffer: SharedArrayBuffer, name?: string): void =>
      this.views.describe(buffer, {
        allocated: this.#stacks.write(''),
        ...(name === undefined ? {} : { name: writeText(this.#thread.memory, name) }),
      });
    Object.defineProperty(globalThis, '$prof_buffer', {
      value: <T>(made: T): T => {
        if (made instanceof SharedArrayBuffer) note(made);
        return made;
      },
    });
    Object.defineProperty(globalThis, Symbol.for('prof-toolkit.shared'), { value: note });
  }
}
