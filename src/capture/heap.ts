import { lineOfMark } from '../source/transform/line-slot.js';
import { FrameLines, framesOf, type HeapFrame, type LineNode, type LineSite } from './heap-lines.js';
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
  readonly stack: readonly HeapFrame[];
  readonly objects: number;
  readonly bytes: number;
}

/** Which objects a heap window keeps: all that were allocated, or those still alive at its end. */
export type HeapWindowKind = 'allocated' | 'in use';

/** What `HeapProfiler.startSampling` is told. */
export function samplingParams({ rate, kind }: { readonly rate: number; readonly kind: HeapWindowKind }): {
  readonly samplingInterval: number;
  readonly includeObjectsCollectedByMajorGC: boolean;
  readonly includeObjectsCollectedByMinorGC: boolean;
} {
  const collected = kind === 'allocated';
  return {
    samplingInterval: rate,
    includeObjectsCollectedByMajorGC: collected,
    includeObjectsCollectedByMinorGC: collected,
  };
}

/**
 * Records each object that V8 allocates while it is open (sampling interval 1: every allocation is
 * a sample). Slows down allocation about a hundredfold; sizes are V8's own. Opening it leaves
 * optimised code as it is; closing it collects garbage, which throws much of that code away.
 */
export class HeapWindow {
  readonly #inspector = new OwnInspector();

  constructor(kind: HeapWindowKind) {
    this.#inspector.post('HeapProfiler.enable');
    this.#inspector.post('HeapProfiler.startSampling', samplingParams({ rate: 1, kind }));
  }

  /** Closes the window; objects by stack, in no particular order, a list for each segment. */
  close(): readonly (readonly HeapSite[])[] {
    const { profile } = this.#inspector.post<{ profile: SamplingHeapProfile }>('HeapProfiler.stopSampling');
    this.#inspector.close();
    return segmentsOf(profile);
  }
}

/**
 * What a mark in a heap window means: `segment`: a segment ends, the next begins; `call`: a call begins, and
 * what follows counts; `reset`: what counted since the call began does not count after all; `stop`: what follows does
 * not count; `start`: it counts again. At the beginning of a segment everything counts.
 */
export type HeapMark = 'segment' | 'call' | 'reset' | 'stop' | 'start';

const markKinds: readonly HeapMark[] = ['segment', 'call', 'reset', 'stop', 'start'];
const markPrefix = 'profHeapWindowMark_';

/** The function that allocates a mark of this kind. */
export function markName(kind: HeapMark): string {
  return `${markPrefix}${kind}`;
}

// Samples are numbered in the order of allocation: an object allocated by a function of such a name is
// found among them. V8 inlines no function of more than 460 bytes of bytecode, so that its frame is always there.
const ballast = 'n++;'.repeat(250);
const marks = Object.fromEntries(
  markKinds.map((kind) => [
    kind,
    new Function(
      `return function ${markName(kind)}(n) { if (n !== undefined) { ${ballast} } return { mark: n }; }`,
    )(),
  ]),
) as Record<HeapMark, () => object>; // as written

/** Says where in the order of allocations something ends or begins, for whatever window is open. */
export const markHeap: Readonly<Record<HeapMark, () => void>> = marks;

/** Objects by stack, a list for each segment between marks; with lines where the code says on which it is. */
export function segmentsOf({ head, samples }: SamplingHeapProfile): HeapSite[][] {
  const places = placesOf(head);
  const lines = new FrameLines();
  const segments = new Segments();
  let before: string | undefined;
  for (const { nodeId, size } of [...samples].sort((a, b) => a.ordinal - b.ordinal)) {
    const place = places.get(nodeId);
    const mark = place?.kind === 'window' ? place.mark : undefined;
    if (place?.kind === 'node') segments.add({ site: lines.siteOf(place.node), size });
    else if (place?.kind === 'line') lines.mark(place.node, place.line);
    // A mark may take several objects (its first call makes the literal's shape).
    else if (mark !== undefined && mark !== before) segments.mark(mark);
    before = mark;
  }
  return segments
    .end()
    .map((counts) => [...counts].map(([site, total]) => ({ stack: framesOf(site), ...total })));
}

/** What a sample at a node of V8's tree means. */
type SamplePlace =
  | { readonly kind: 'node'; readonly node: LineNode }
  | { readonly kind: 'window'; readonly mark: HeapMark }
  /** `node` is on that line from now on. */
  | { readonly kind: 'line'; readonly line: number; readonly node: LineNode };

/** By id of the node. */
function placesOf(head: HeapNode): ReadonlyMap<number, SamplePlace> {
  const places = new Map<number, SamplePlace>();
  const walk = (each: HeapNode, caller: LineNode, inMark: SamplePlace | undefined): void => {
    const node = { callFrame: each.callFrame, caller };
    const place = inMark ?? placeOf(each, node);
    places.set(each.id, place);
    const mark = place.kind === 'node' ? undefined : place;
    for (const child of each.children) walk(child, node, mark);
  };
  const root = { callFrame: undefined, caller: undefined };
  places.set(head.id, { kind: 'node', node: root });
  for (const child of head.children) walk(child, root, undefined);
  return places;
}

function placeOf(
  { callFrame: { functionName } }: HeapNode,
  node: LineNode & { caller: LineNode },
): SamplePlace {
  if (functionName.startsWith(markPrefix))
    return { kind: 'window', mark: functionName.slice(markPrefix.length) as HeapMark }; // of our own functions
  const line = lineOfMark(functionName);
  return line === undefined ? { kind: 'node', node } : { kind: 'line', line, node: node.caller };
}

interface Count {
  objects: number;
  bytes: number;
}

interface HeapSample {
  readonly site: LineSite;
  readonly size: number;
}

/** Adds samples up as the marks between them say. */
class Segments {
  readonly #done: Map<LineSite, Count>[] = [];
  #segment: Map<LineSite, Count> = new Map();
  /** What counts since the last call began. */
  #call: HeapSample[] = [];
  #counting = true;

  add(sample: HeapSample): void {
    if (this.#counting) this.#call.push(sample);
  }

  mark(kind: HeapMark): void {
    if (kind === 'reset') this.#call = [];
    else if (kind === 'stop') this.#counting = false;
    else if (kind === 'start') this.#counting = true;
    else if (kind === 'call') this.#endCall();
    else this.#endSegment();
  }

  end(): readonly Map<LineSite, Count>[] {
    this.#endSegment();
    return this.#done;
  }

  #endCall(): void {
    for (const sample of this.#call) count(this.#segment, sample);
    this.#call = [];
    this.#counting = true;
  }

  #endSegment(): void {
    this.#endCall();
    this.#done.push(this.#segment);
    this.#segment = new Map();
  }
}

function count(counts: Map<LineSite, Count>, { site, size }: HeapSample): void {
  const total = counts.get(site);
  if (total === undefined) counts.set(site, { objects: 1, bytes: size });
  else {
    total.objects++;
    total.bytes += size;
  }
}
