import type { CallFrame } from './inspector.js';

/** A frame of a heap profile's stack. */
export interface HeapFrame extends CallFrame {
  /** 1-based line of the text that ran; undefined where it is not known. */
  readonly line?: number | undefined;
}

/** A stack with the line of each frame; compared by identity. */
export interface LineSite {
  readonly caller: LineSite | undefined;
  readonly node: LineNode;
  readonly line: number | undefined;
}

/** A node of V8's allocation tree. */
export interface LineNode {
  /** Undefined for V8's own root, which is no frame. */
  readonly callFrame: CallFrame | undefined;
  readonly caller: LineNode | undefined;
}

interface NodeState {
  line: number | undefined;
  /** Counts marks: when it was set. */
  since: number;
  /** Sites of this node, by those of its caller, then by line. */
  readonly sites: Map<LineSite | undefined, Map<number | undefined, LineSite>>;
}

/**
 * Which line each frame is on, told by marks in the order of allocation; see `lineInsertions`.
 *
 * A node of V8's tree is a function called along one path; many calls of it follow each other. When a function
 * marks a line, whatever it has called before has come to an end: nodes below its own are at their start again.
 */
export class FrameLines {
  readonly #states = new Map<LineNode, NodeState>();
  #marks = 0;

  mark(node: LineNode, line: number): void {
    const state = this.#stateOf(node);
    state.line = line;
    state.since = ++this.#marks;
  }

  /** The stack of something allocated now. */
  siteOf(node: LineNode): LineSite {
    return this.#siteOf(node).site;
  }

  #siteOf(node: LineNode): { readonly site: LineSite; readonly since: number } {
    const { site: caller, since } = node.caller === undefined ? nothing : this.#siteOf(node.caller);
    const state = this.#stateOf(node);
    const line = state.since > since ? state.line : undefined;
    return { site: siteIn(state, { caller, node, line }), since: Math.max(since, state.since) };
  }

  #stateOf(node: LineNode): NodeState {
    const known = this.#states.get(node);
    if (known !== undefined) return known;
    const state = { line: undefined, since: 0, sites: new Map() };
    this.#states.set(node, state);
    return state;
  }
}

const nothing = { site: undefined, since: 0 };

function siteIn({ sites }: NodeState, wanted: LineSite): LineSite {
  const byLine = sites.get(wanted.caller) ?? new Map<number | undefined, LineSite>();
  const known = byLine.get(wanted.line);
  if (known !== undefined) return known;
  sites.set(wanted.caller, byLine.set(wanted.line, wanted));
  return wanted;
}

/** The frames of a stack, root first. */
export function framesOf(site: LineSite): readonly HeapFrame[] {
  const frames: HeapFrame[] = [];
  for (let each: LineSite | undefined = site; each !== undefined; each = each.caller) {
    const { callFrame } = each.node;
    if (callFrame !== undefined)
      frames.push(each.line === undefined ? callFrame : { ...callFrame, line: each.line });
  }
  return frames.reverse();
}
