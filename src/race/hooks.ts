import { instrumentBody } from '../source/transform/instrumented.js';
import type { Accesses, PlainWord } from './access.js';
import {
  type ElementCheck,
  type NotedCheck,
  notedReads,
  notedWrites,
  readCheck,
  type SlowAccess,
  writeCheck,
} from './element-checks.js';
import { hasNumbers, isOfMath } from './loop-checks.js';
import { isView } from './native.js';
import { PlainAccesses } from './plain-access.js';
import type { Calls, RaceThread } from './thread.js';
import { type MarkedView, markKey, type ViewMark, type Views } from './view.js';

/**
 * Notes plain accesses to elements of marked views.
 *
 * Where an access comes from is the number of its site, what `here` gives, or 0, and then a stack is taken.
 */
export class ElementHooks {
  readonly #thread: RaceThread;
  readonly #kinds: Readonly<Record<PlainWord, PlainAccesses>>;

  constructor(accesses: Accesses) {
    const { thread } = accesses;
    this.#thread = thread;
    this.#kinds = {
      read: new PlainAccesses('read', accesses),
      write: new PlainAccesses('write', accesses),
      'read-modify-write': new PlainAccesses('read-modify-write', accesses),
    };
    this.isRead = notedReads(thread);
    this.isWritten = notedWrites(thread);
    this.read = readCheck(thread, this.#slow('read'));
    this.write = writeCheck(thread, this.#slow('write'));
    this.update = writeCheck(thread, this.#slow('read-modify-write'));
  }

  #slow(kind: PlainWord): SlowAccess {
    return {
      kind,
      accesses: this.#kinds[kind],
      other: (view, key, origin) => this.element(kind, view, { key, origin }),
    };
  }

  /** Where the running code is, for accesses of that kind that it will do. */
  here(kind: PlainWord): number {
    return this.#thread.here(kind);
  }

  /** Whether nothing is to be noted of a read of `view[key]`. */
  readonly isRead: NotedCheck;
  /** Whether nothing is to be noted of a write. */
  readonly isWritten: NotedCheck;
  /** `view[key]` is read. */
  readonly read: ElementCheck;
  /** `view[key]` is written. */
  readonly write: ElementCheck;
  /** `view[key]` is read and written. */
  readonly update: ElementCheck;

  /** One element, whatever its key is written as; nothing where it names none. */
  element(kind: PlainWord, view: MarkedView, { key, origin }: { key: unknown; origin: number }): void {
    const index = indexOf(key, view);
    if (index !== undefined && view[markKey].region !== 0)
      this.#kinds[kind].inView(view[markKey], index, origin);
  }

  /** Elements `from` to `end`, not included; one stack is taken for all of them. */
  range(kind: PlainWord, view: MarkedView, range: { readonly from: number; readonly end: number }): void {
    const mark = view[markKey];
    if (mark.region === 0) return;
    const isNoted = kind === 'read' ? this.isRead : this.isWritten;
    let origin = 0;
    for (let index = range.from; index < range.end; index++) {
      if (isNoted(view, index)) continue;
      origin ||= this.#thread.here(kind);
      this.#kinds[kind].inView(mark, index, origin);
    }
  }

  /** Bytes of a buffer as one access of `size` where they are aligned, else byte by byte. */
  bytes(
    kind: PlainWord,
    view: MarkedView,
    { at, size, origin }: { at: number; size: number; origin: number },
  ): void {
    const mark = view[markKey];
    const offset = view.byteOffset + Math.trunc(at);
    if (mark.region === 0 || !(at >= 0) || at + size > view.byteLength) return;
    const plane = Math.log2(size) as ViewMark['plane']; // sizes are 1, 2, 4, 8
    const { region } = mark;
    const accesses = this.#kinds[kind];
    if (offset % size === 0) {
      accesses.element({ region, plane, index: offset / size }, origin);
      return;
    }
    const from = origin || this.#thread.here(kind);
    for (let byte = offset; byte < offset + size; byte++)
      accesses.element({ region, plane: 0, index: byte }, from);
  }

  /** Elements of the given indices, or all. */
  keys(view: MarkedView, keys: readonly number[] | undefined, origin: number): void {
    if (keys === undefined) this.range('read', view, { from: 0, end: view.length ?? 0 });
    else for (const key of keys) this.read(view, key, origin);
  }
}

/** The index that a key names in a view; undefined where it is no element. */
function indexOf(key: unknown, view: MarkedView): number | undefined {
  const index = typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) ? Number(key) : key;
  const isIndex =
    typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < (view.length ?? 0);
  return isIndex ? index : undefined;
}

/** Puts the functions that instrumented code calls into the global object, where nobody can list or change them. */
export function installHooks(hooks: ElementHooks, views: Views, calls: Calls): void {
  const define = (name: string, value: unknown): void =>
    void Object.defineProperty(globalThis, `$prof${name}`, { value });
  define('', calls);
  define('_view', isView);
  define('_mark', markKey);
  define('_read', hooks.read);
  define('_write', hooks.write);
  define('_update', hooks.update);
  define('_isRead', hooks.isRead);
  define('_isWritten', hooks.isWritten);
  define('_numbers', hasNumbers);
  define('_math', isOfMath);
  define('_keys', (view: MarkedView, keys: readonly number[] | undefined, site: number) =>
    hooks.keys(view, keys, site),
  );
  const { Function: maker } = globalThis;
  define('_code', (called: unknown, body: unknown) =>
    called === maker && typeof body === 'string' ? instrumentBody(body) : body,
  );
  define('_new', <T>(made: T, first: unknown): T => {
    if (isView(made)) noteView(made, first, { hooks, views });
    return made;
  });
}

function noteView(
  made: ArrayBufferView,
  first: unknown,
  { hooks, views }: { hooks: ElementHooks; views: Views },
): void {
  // Looking at `buffer` would make V8 move a small private array out of the heap.
  if (first === undefined || first instanceof SharedArrayBuffer) views.mark(made);
  else if (isView(first) && markKey in first) {
    const source = first as MarkedView; // it has a mark
    hooks.range('read', source, { from: 0, end: source.length ?? 0 });
  }
}
