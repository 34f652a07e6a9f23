/** A stack and what it cost. */
export interface ValuedStack<F> {
  /** Root first. */
  readonly frames: readonly F[];
  readonly values: readonly number[];
}

interface Node<F> {
  readonly frame: F | undefined;
  readonly children: Map<string, Node<F>>;
  values: number[] | undefined;
}

/** Adds up the values of equal stacks; takes no more room however often they come. */
export class StackTree<F> {
  readonly #root: Node<F> = { frame: undefined, children: new Map(), values: undefined };
  readonly #keyOf: (frame: F) => string;

  /** @param keyOf - the same text for equal frames only */
  constructor(keyOf: (frame: F) => string) {
    this.#keyOf = keyOf;
  }

  /** @param frames - root first */
  add(frames: readonly F[], values: readonly number[]): void {
    let node = this.#root;
    for (const frame of frames) node = this.#child(node, frame);
    const before = node.values;
    node.values = values.map((value, i) => value + (before?.[i] ?? 0));
  }

  /** Every stack with its sums, callers before callees. */
  stacks(): ValuedStack<F>[] {
    const found: ValuedStack<F>[] = [];
    const walk = (node: Node<F>, frames: readonly F[]): void => {
      if (node.values !== undefined) found.push({ frames, values: node.values });
      for (const child of node.children.values())
        walk(child, child.frame === undefined ? frames : [...frames, child.frame]);
    };
    walk(this.#root, []);
    return found;
  }

  #child(node: Node<F>, frame: F): Node<F> {
    const key = this.#keyOf(frame);
    const known = node.children.get(key);
    if (known !== undefined) return known;
    const child: Node<F> = { frame, children: new Map(), values: undefined };
    node.children.set(key, child);
    return child;
  }
}
