import type {
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  BlockStatement,
  FunctionDeclaration,
  FunctionExpression,
  Program,
  TryStatement,
} from 'acorn';
import { LineIndex } from '../line-index.js';
import type { Insertion } from './insertions.js';

/** The global by which instrumented code tells of its awaits; see `awaitSlot`. */
export const awaitName = '__profAwait';

/**
 * What is put around each `await` of a program, so that it is known how long it took:
 *
 *     await f(x)   becomes   __profAwait.end(await __profAwait.at( f(x),$a0??=$t,7),$a0)
 *
 * where `$t` is a token, written out. `$a0` is a variable of the function, one for each depth of awaits within each other: its
 * token lives as long as the call of the function. `at` is called when there is something to wait for, just before the
 * function is suspended. An `await` that throws does not come to `end`: where a `catch` of the same function catches that, it
 * tells of it, and then of the line of the `await`. No line moves, and `await` itself keeps its line.
 *
 * @param program - of `code`, parsed with `preserveParens`
 */
export function awaitInsertions(program: Program, code: string): readonly Insertion[] {
  const walk = new AwaitWalk(new LineIndex(code));
  walk.program(program);
  return walk.insertions;
}

type FunctionNode =
  | FunctionDeclaration
  | AnonymousFunctionDeclaration
  | FunctionExpression
  | ArrowFunctionExpression;

class AwaitWalk {
  readonly insertions: Insertion[] = [];
  readonly #lines: LineIndex;
  #depth = 0;
  /** The greatest depth of awaits in the function that is being walked through. */
  #deepest = 0;

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  program(program: Program): void {
    const start = program.body[0]?.start ?? 0;
    this.#inFunction(
      () => this.#children(program),
      (variables) => this.insertions.unshift({ offset: start, text: `var ${variables};` }),
    );
  }

  #children(node: AnyNode): void {
    for (const value of Object.values(node).flat()) this.#visit(value);
  }

  #visit(node: unknown): void {
    if (!isNode(node)) return;
    if (node.type === 'AwaitExpression') this.#visitAwait(node);
    else if (node.type === 'TryStatement') this.#visitTry(node);
    else if (isFunction(node)) this.#visitFunction(node);
    else this.#children(node);
  }

  #visitAwait(node: AnyNode & { type: 'AwaitExpression' }): void {
    const variable = `$a${this.#depth++}`;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    const { line } = this.#lines.position(node.start);
    this.#insert(node.start, `${awaitName}.end(`);
    this.#insert(node.start + 'await'.length, ` ${awaitName}.at(`);
    this.#visit(node.argument);
    this.#insert(node.end, `,${variable}??=${tokenText},${line}),${variable})`);
    this.#depth--;
  }

  #visitTry({ block, handler, finalizer }: TryStatement): void {
    const deepest = this.#deepest;
    this.#deepest = 0;
    this.#visit(block);
    const variables = variablesOf(this.#deepest);
    this.#deepest = Math.max(deepest, this.#deepest);
    if (handler != null) {
      this.#visit(handler.param);
      if (variables !== '') this.#insert(handler.body.start + 1, `${awaitName}.threw(${variables});`);
      this.#visit(handler.body);
    }
    this.#visit(finalizer);
  }

  #visitFunction(node: FunctionNode): void {
    for (const parameter of node.params) this.#visit(parameter);
    const { body } = node;
    if (body.type !== 'BlockStatement') this.#visitConcise(node, body);
    else this.#visitBlock(body);
  }

  #visitBlock(body: BlockStatement): void {
    this.#inFunction(
      () => this.#children(body),
      // At the end, for a text at the beginning could be a directive.
      (variables) => this.#insert(body.end - 1, `;var ${variables}`),
    );
  }

  /** An arrow function whose body is an expression gets a block where it has something to declare. */
  #visitConcise(node: FunctionNode, body: AnyNode): void {
    const place = this.insertions.length;
    this.#inFunction(
      () => this.#visit(body),
      (variables) => {
        // In parentheses: a line break behind `return` would end it.
        const opening = { offset: body.start, text: `{var ${variables};return (` };
        this.insertions.splice(place, 0, opening);
        this.#insert(node.end, ')}');
      },
    );
  }

  #inFunction(walk: () => void, declare: (variables: string) => void): void {
    const [depth, deepest] = [this.#depth, this.#deepest];
    [this.#depth, this.#deepest] = [0, 0];
    walk();
    if (this.#deepest > 0) declare(variablesOf(this.#deepest));
    [this.#depth, this.#deepest] = [depth, deepest];
  }

  #insert(offset: number, text: string): void {
    this.insertions.push({ offset, text });
  }
}

/** A token as `await-slot.ts` has it: written out, for a call that makes one would cost as much as all else. */
const tokenText = '{startMillis:0,awaited:null,line:0}';

/** Names of variables for awaits that stand so deep in each other. */
function variablesOf(depth: number): string {
  return Array.from({ length: depth }, (_, i) => `$a${i}`).join(',');
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}
