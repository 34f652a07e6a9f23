import { type CallFrame, OwnInspector } from './inspector.js';

/** A node of V8's allocation tree. */
export interface HeapNode {
  readonly callFrame: CallFrame;
  readonly id: number;
  readonly children: readonly HeapNode[];
}

/** What `HeapProfiler.stopSampling` gives. */
export interface SamplingHeapProfile {
  readonly head: HeapNode;
  readonly samples: readonly { readonly size: number; readonly nodeId: number; readonly ordinal: number }[];
}

/** Objects allocated by one stack. */
export interface HeapSite {
  /** Root first, V8's own `(root)` left out. */
  readonly stack: readonly CallFrame[];
  readonly objects: number;
  readonly bytes: number;
}

/** Which objects a heap window keeps: all that were allocated, or those still alive at its end. */
export type HeapWindowKind = 'allocated' | 'in use';

/**
 * Records each object that V8 allocates while it is open (sampling interval 1: every allocation is
 * a sample). Slows down allocation about a hundredfold; sizes are V8's own. Opening it leaves
 * optimised code as it is; closing it collects garbage, which throws much of that code away.
 */
export class HeapWindow {
  readonly #inspector = new OwnInspector();

  constructor(kind: HeapWindowKind) {
    const dead = kind === 'allocated';
    this.#inspector.post('HeapProfiler.enable');
    this.#inspector.post('HeapProfiler.startSampling', {
      samplingInterval: 1,
      includeObjectsCollectedByMajorGC: dead,
      includeObjectsCollectedByMinorGC: dead,
    });
  }

  /** Ends a segment of the window; the next begins. */
  mark(): void {
    mark();
  }

  /** Closes the window; objects by stack, in no particular order, a list for each segment. */
  close(): readonly (readonly HeapSite[])[] {
    const { profile } = this.#inspector.post<{ profile: SamplingHeapProfile }>('HeapProfiler.stopSampling');
    this.#inspector.close();
    return segmentsOf(profile);
  }
}

// Samples are numbered in the order of allocation: an object allocated by a function of this name
// is found among them and tells where a segment ends. It is called too seldom to be inlined.
export const markName: string = 'profHeapWindowMark';
const mark = new Function(`return function ${markName}() { return { mark: true } }`)() as () => object; // as written

/** Objects by stack, a list for each segment between marks. */
export function segmentsOf({ head, samples }: SamplingHeapProfile): HeapSite[][] {
  const stacks = new Map<number, readonly CallFrame[]>();
  const walk = (node: HeapNode, stack: readonly CallFrame[]): void => {
    stacks.set(node.id, stack);
    for (const child of node.children) walk(child, [...stack, child.callFrame]);
  };
  walk(head, []);
  const segments: Map<number, Count>[] = [new Map()];
  let wasMark = false;
  for (const sample of [...samples].sort((a, b) => a.ordinal - b.ordinal)) {
    const isMark = stacks.get(sample.nodeId)?.at(-1)?.functionName === markName;
    // A mark may take several objects (its first call makes the literal's shape).
    if (isMark && !wasMark) segments.push(new Map());
    else if (!isMark) count(segments.at(-1), sample);
    wasMark = isMark;
  }
  return segments.map((counts) =>
    [...counts].map(([id, total]) => ({ stack: stacks.get(id) ?? [], ...total })),
  );
}

interface Count {
  objects: number;
  bytes: number;
}

function count(
  counts: Map<number, Count> | undefined,
  { nodeId, size }: { nodeId: number; size: number },
): void {
  const total = counts?.get(nodeId);
  if (total === undefined) counts?.set(nodeId, { objects: 1, bytes: size });
  else {
    total.objects++;
    total.bytes += size;
  }
}
