import type { Frame } from '../profile/builder.js';
import { urlOfPath } from './url-path.js';

/** A node as the file has it; lines and columns of its call frame are 0-based. */
export interface OutNode {
  /** From 1. */
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
  /** Lines are 1-based. */
  readonly positionTicks: { readonly line: number; ticks: number }[];
}

/** The tree of calls of a `.cpuprofile` while it is made; callers come before what they call. */
export class CpuprofileTree {
  readonly nodes: OutNode[] = [];
  readonly #root: OutNode;
  readonly #children = new Map<string, OutNode>();
  readonly #scripts = new Map<string, string>();

  constructor() {
    this.#root = this.#add(root);
  }

  /**
   * Counts hits of a stack and returns its node's id.
   *
   * @param stack - root first; an empty one is the root itself
   */
  hit(stack: readonly Frame[], count: number): number {
    const [first, ...rest] = stack;
    const isOwnRoot = first?.name === root.name && first.file === '';
    let node = this.#root;
    for (const frame of isOwnRoot ? rest : stack) node = this.#child(node, frame);
    node.hitCount += count;
    const line = stack.at(-1)?.line ?? 0;
    const known = node.positionTicks.find((ticks) => ticks.line === line);
    if (known !== undefined) known.ticks += count;
    else if (line > 0 && count > 0) node.positionTicks.push({ line, ticks: count });
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
    const url = urlOfPath(file);
    const scriptId = this.#scripts.get(url) ?? String(this.#scripts.size);
    this.#scripts.set(url, scriptId);
    const place = { lineNumber: startLine - 1, columnNumber: startLine > 0 ? 0 : -1 };
    const node: OutNode = {
      id: this.nodes.length + 1,
      callFrame: { functionName: name, scriptId, url, ...place },
      hitCount: 0,
      children: [],
      positionTicks: [],
    };
    this.nodes.push(node);
    return node;
  }
}

const root: Frame = { name: '(root)', file: '', startLine: 0, line: 0 };
