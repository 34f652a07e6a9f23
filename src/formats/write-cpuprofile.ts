import { pathToFileURL } from 'node:url';
import type { Frame } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';
import { scale } from '../unit/scale.js';
import { weightedSamples } from './weighted.js';

interface OutNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  hitCount: number;
  readonly children: number[];
  readonly positionTicks: { readonly line: number; ticks: number }[];
}

/**
 * A profile as V8's `.cpuprofile`, for Chrome DevTools: each sample lasts as long as its value says.
 * Values that are no times count as microseconds.
 */
export function writeCpuprofile(profile: Profile, sampleType: number): string {
  const tree = new TreeWriter();
  const unit = profile.sampleTypes[sampleType]?.unit ?? '';
  const samples: number[] = [];
  // The time between two samples belongs to the first of them.
  const timeDeltas = [0];
  for (const { stack, value } of weightedSamples(profile, sampleType)) {
    if (value <= 0) continue;
    samples.push(tree.hit(stack));
    timeDeltas.push(micros(value, unit));
  }
  // The last sample lasts until this one, which is of no function.
  samples.push(tree.root.id);
  const endTime = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  return `${JSON.stringify({ nodes: tree.nodes, startTime: 0, endTime, samples, timeDeltas })}\n`;
}

function micros(value: number, unit: string): number {
  const scaled = scale(value, unit, 'us');
  return scaled.unit === 'us' ? scaled.value : value;
}

class TreeWriter {
  readonly nodes: OutNode[] = [];
  readonly root: OutNode;
  readonly #children = new Map<string, OutNode>();
  readonly #scripts = new Map<string, string>();

  constructor() {
    this.root = this.#add({ name: '(root)', file: '', startLine: 0, line: 0 });
  }

  /** Counts a sample and returns its node's id. */
  hit(stack: readonly Frame[]): number {
    let node = this.root;
    for (const frame of [...stack].reverse()) node = this.#child(node, frame);
    node.hitCount++;
    const line = stack[0]?.line ?? 0;
    const ticks = node.positionTicks.find((own) => own.line === line);
    if (ticks !== undefined) ticks.ticks++;
    else if (line > 0) node.positionTicks.push({ line, ticks: 1 });
    return node.id;
  }

  #child(parent: OutNode, frame: Frame): OutNode {
    const key = `${parent.id} ${frame.startLine} ${frame.name}\0${frame.file}`;
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const node = this.#add(frame);
    parent.children.push(node.id);
    this.#children.set(key, node);
    return node;
  }

  #add({ name, file, startLine }: Frame): OutNode {
    const url = file.startsWith('/') ? pathToFileURL(file).href : file;
    const scriptId = this.#scripts.get(url) ?? String(this.#scripts.size);
    this.#scripts.set(url, scriptId);
    const node: OutNode = {
      id: this.nodes.length + 1,
      callFrame: { functionName: name, scriptId, url, lineNumber: startLine - 1, columnNumber: -1 },
      ...{ hitCount: 0, children: [], positionTicks: [] },
    };
    this.nodes.push(node);
    return node;
  }
}
