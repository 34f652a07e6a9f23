import { instrumentBody } from '../source/transform/instrumented.js';
import type { Accesses } from './access.js';
import { cellWords } from './cell.js';
import type { Calls, RaceThread } from './thread.js';
import type { MarkedView, ViewMark, Views } from './view.js';

type PlainKind = 'read' | 'write' | 'read-modify-write';

/** Notes plain accesses to elements of marked views. */
export class ElementHooks {
  readonly #thread: RaceThread;
  readonly #accesses: Accesses;

  constructor(thread: RaceThread, accesses: Accesses) {
    this.#thread = thread;
    this.#accesses = accesses;
  }

  /** `view[key]` is read. */
  read(view: MarkedView, key: unknown, site: number): void {
    const mark = view.$prof;
    if (typeof key === 'number' && key >>> 0 === key && key < mark.length) {
      const { memory, low, span } = this.#thread;
      const cell = mark.base + key * cellWords;
      if ((memory[cell + 1]! - low) >>> 0 <= span || (memory[cell]! - low) >>> 0 <= span) return;
      if ((memory[cell + 2]! - low) >>> 0 <= span) return;
    }
    this.element('read', view, { key, site });
  }

  /** `view[key]` is written. */
  write(view: MarkedView, key: unknown, site: number): void {
    const mark = view.$prof;
    if (typeof key === 'number' && key >>> 0 === key && key < mark.length) {
      const { memory, low, span } = this.#thread;
      if ((memory[mark.base + key * cellWords]! - low) >>> 0 <= span) return;
    }
    this.element('write', view, { key, site });
  }

  /** `view[key]` is read and written. */
  update(view: MarkedView, key: unknown, site: number): void {
    const mark = view.$prof;
    if (typeof key === 'number' && key >>> 0 === key && key < mark.length) {
      const { memory, low, span } = this.#thread;
      if ((memory[mark.base + key * cellWords]! - low) >>> 0 <= span) return;
    }
    this.element('read-modify-write', view, { key, site });
  }

  /** One element, whatever its key is written as; nothing where it names none. */
  element(kind: PlainKind, view: MarkedView, { key, site }: { key: unknown; site: number }): void {
    const index = indexOf(key, view);
    const mark = view.$prof;
    if (index !== undefined && mark.region !== 0) {
      this.#accesses.plain(kind, elementOf(mark, index), site);
    }
  }

  /** Elements `from` to `end`, not included. */
  range(kind: PlainKind, view: MarkedView, range: { readonly from: number; readonly end: number }): void {
    const mark = view.$prof;
    if (mark.region === 0) return;
    for (let index = range.from; index < range.end; index++) {
      if (!this.#isNoted(kind, mark, index)) this.#accesses.plain(kind, elementOf(mark, index), 0);
    }
  }

  /** Bytes of a buffer as one access of `size` where they are aligned, else byte by byte. */
  bytes(
    kind: PlainKind,
    view: MarkedView,
    { at, size, site }: { at: number; size: number; site: number },
  ): void {
    const mark = view.$prof;
    const offset = view.byteOffset + Math.trunc(at);
    if (mark.region === 0 || !(at >= 0) || at + size > view.byteLength) return;
    const plane = Math.log2(size) as ViewMark['plane']; // sizes are 1, 2, 4, 8
    const { region } = mark;
    if (offset % size === 0) {
      this.#accesses.plain(kind, { region, plane, index: offset / size }, site);
      return;
    }
    for (let byte = offset; byte < offset + size; byte++) {
      this.#accesses.plain(kind, { region, plane: 0, index: byte }, site);
    }
  }

  /** Whether this epoch has an access of the element that covers this one. */
  #isNoted(kind: PlainKind, mark: ViewMark, index: number): boolean {
    if (index >= mark.length) return false;
    const { memory, low, span } = this.#thread;
    const cell = mark.base + index * cellWords;
    if ((memory[cell]! - low) >>> 0 <= span) return true;
    return (
      kind === 'read' && ((memory[cell + 1]! - low) >>> 0 <= span || (memory[cell + 2]! - low) >>> 0 <= span)
    );
  }

  /** Elements of the given indices, or all. */
  keys(view: MarkedView, keys: readonly number[] | undefined, site: number): void {
    if (keys === undefined) this.range('read', view, { from: 0, end: view.length ?? 0 });
    else for (const key of keys) this.read(view, key, site);
  }
}

/** An element of a view, with the view for the report. */
export function elementOf(
  mark: ViewMark,
  index: number,
): { region: number; plane: ViewMark['plane']; index: number; mark: ViewMark } {
  return { region: mark.region, plane: mark.plane, index: mark.first + index, mark };
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
  define('_view', ArrayBuffer.isView);
  define('_read', (view: MarkedView, key: unknown, site: number) => hooks.read(view, key, site));
  define('_write', (view: MarkedView, key: unknown, site: number) => hooks.write(view, key, site));
  define('_update', (view: MarkedView, key: unknown, site: number) => hooks.update(view, key, site));
  define('_keys', (view: MarkedView, keys: readonly number[] | undefined, site: number) =>
    hooks.keys(view, keys, site),
  );
  const { Function: maker } = globalThis;
  define('_code', (called: unknown, body: unknown) =>
    called === maker && typeof body === 'string' ? instrumentBody(body) : body,
  );
  const { isView } = ArrayBuffer;
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
  else if (ArrayBuffer.isView(first) && '$prof' in first) {
    const source = first as MarkedView; // it has a mark
    hooks.range('read', source, { from: 0, end: source.length ?? 0 });
  }
}
