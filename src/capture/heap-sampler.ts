import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { type HeapSite, type HeapWindowKind, type SamplingHeapProfile, samplingParams } from './heap.js';
import { type CallFrame, OwnInspector } from './inspector.js';
import { sampledSize } from './unsample.js';

/** What a heap sampler is to do. */
export interface HeapSamplerOptions {
  /** Mean bytes allocated between two samples; 1 for every object. */
  readonly rate: number;
  /** Whether objects stay in the profile when they are collected. */
  readonly kind: HeapWindowKind;
}

/**
 * Samples what this thread allocates in V8's heap. There is one such sampler for a thread, whoever
 * starts it. At Go's rate of 512 KiB it costs nothing that could be measured.
 */
export class HeapSampler {
  readonly #options: HeapSamplerOptions;
  readonly #inspector = new OwnInspector();

  constructor(options: HeapSamplerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#inspector.post('HeapProfiler.enable');
    this.#inspector.post('HeapProfiler.startSampling', samplingParams(this.#options));
  }

  /** What was sampled so far, scaled up to all objects; of what is in use after a collection. Goes on. */
  read(): HeapSite[] {
    // Before a collection: it takes scripts along whose functions are no longer alive, and with them their places.
    const early = this.#options.kind === 'allocated' ? readNative() : undefined;
    if (early !== undefined) return sitesOfNative(early);
    const { profile } = this.#inspector.post<{ profile: SampledHeapProfile }>(
      'HeapProfiler.getSamplingProfile',
    );
    const native = readNative();
    return native === undefined ? sitesOfSamples(profile, this.#options.rate) : sitesOfNative(native);
  }

  /** Stops, so that another one can start. It takes as long as to read it. */
  stop(): void {
    this.#inspector.post('HeapProfiler.stopSampling');
    this.#inspector.close();
  }

  /** Lets go of the sampler, which goes on to the end of the thread, read by nobody. */
  leave(): void {
    this.#inspector.close();
  }
}

/** A profile whose nodes tell what their own samples stand for, in bytes. */
export interface SampledHeapProfile extends SamplingHeapProfile {
  readonly head: SampledHeapNode;
}

/** A node of it. */
export interface SampledHeapNode {
  readonly callFrame: CallFrame;
  readonly id: number;
  readonly selfSize: number;
  readonly children: readonly SampledHeapNode[];
}

/**
 * Objects by stack, of what V8's protocol tells: bytes are V8's own, scaled up by V8; the number of
 * objects is found from them, see `sampledSize`.
 */
export function sitesOfSamples({ head, samples }: SampledHeapProfile, rate: number): HeapSite[] {
  const byNode = new Map<number, Map<number, number>>();
  for (const { nodeId, size } of samples) {
    const counts = byNode.get(nodeId) ?? new Map<number, number>();
    byNode.set(nodeId, counts.set(size, (counts.get(size) ?? 0) + 1));
  }
  const sites: HeapSite[] = [];
  const walk = (node: SampledHeapNode, callers: readonly CallFrame[]): void => {
    const counts = byNode.get(node.id);
    if (counts !== undefined) sites.push({ stack: callers, ...sumOf(node.selfSize, counts, rate) });
    for (const { callFrame, ...child } of node.children) {
      const { url, scriptId } = callFrame;
      walk({ callFrame, ...child }, [...callers, { ...callFrame, url: placeOf(url, Number(scriptId)) }]);
    }
  };
  walk(head, []);
  return sites;
}

/** @param counts - how many samples there are of each number of bytes */
function sumOf(
  bytes: number,
  counts: ReadonlyMap<number, number>,
  rate: number,
): { objects: number; bytes: number } {
  const [[, only] = [0, 0]] = counts;
  // V8 rounds their sum once: it says more of the size than a single sample.
  if (counts.size === 1) return { bytes, objects: Math.round(bytes / sampledSize(bytes, only, rate)) };
  let objects = 0;
  for (const [sampled, count] of counts) objects += (count * sampled) / sampledSize(sampled, 1, rate);
  return { bytes, objects: Math.round(objects) };
}

/** Builtins have no script; a script that was collected has left its number. */
function placeOf(url: string, scriptId: number): string {
  return url === '' && scriptId > 0 ? '<collected>' : url;
}

/** A node of the tree as the addon of the package `pprof` reads it; positions are 1-based. */
export interface NativeHeapNode {
  readonly name: string;
  readonly scriptName: string;
  readonly scriptId: number;
  readonly lineNumber: number;
  readonly columnNumber: number;
  readonly allocations: readonly { readonly sizeBytes: number; readonly count: number }[];
  readonly children: readonly NativeHeapNode[];
}

/** What the addon sees of the sampler that runs: the same tree, with the number of objects of each size. */
function readNative(): NativeHeapNode | undefined {
  if (!isMainThread || process.env['PROF_NO_ADDON'] === '1') return undefined;
  try {
    const bindings: { getAllocationProfile(): NativeHeapNode } = createRequire(import.meta.url)(
      'pprof/out/src/heap-profiler-bindings.js',
    );
    return bindings.getAllocationProfile();
  } catch {
    return undefined;
  }
}

/** Objects by stack, scaled up by V8. */
export function sitesOfNative(root: NativeHeapNode): HeapSite[] {
  const sites: HeapSite[] = [];
  const walk = (node: NativeHeapNode, callers: readonly CallFrame[]): void => {
    const objects = node.allocations.reduce((sum, { count }) => sum + count, 0);
    const bytes = node.allocations.reduce((sum, { count, sizeBytes }) => sum + count * sizeBytes, 0);
    if (objects > 0) sites.push({ stack: callers, objects, bytes });
    for (const child of node.children) walk(child, [...callers, toCallFrame(child)]);
  };
  walk(root, []);
  return sites;
}

function toCallFrame({ name, scriptName, scriptId, lineNumber, columnNumber }: NativeHeapNode): CallFrame {
  return {
    functionName: name === '(anonymous)' ? '' : name,
    scriptId: String(scriptId),
    url: placeOf(scriptName, scriptId),
    lineNumber: lineNumber - 1,
    columnNumber: columnNumber - 1,
  };
}
