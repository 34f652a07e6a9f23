import type { AnyNode, Program } from 'acorn';
import type { Insertion } from './insertions.js';
import { LineCursor } from './line-cursor.js';
import { type ClassNode, ExpressionMarks, type FunctionNode, type InnerCode } from './line-expressions.js';
import { isConstant } from './line-shapes.js';
import { StatementMarks } from './line-statements.js';

/**
 * What is put into a program so that it says on which line it is: the call of a mark before each statement, and within
 * expressions that go over several lines.
 *
 *     function f(x) {              function f(x) {
 *       const a = g(x);      →       __profLines[2]();const a = g(x);
 *       return { a };                __profLines[3]();return { a };
 *     }                            }
 *
 * A mark allocates one object from a function of its line's name: among the samples of a heap profiler, in
 * the order of allocation, it tells the line of each frame. No value goes through a variable or closure of ours, so that V8
 * holds numbers and objects as it does without marks. No line moves; columns do.
 *
 * @param program - of `code`, parsed with `preserveParens`
 */
export function lineInsertions(program: Program, code: string): readonly Insertion[] {
  const walk = new LineWalk(code);
  walk.program(program);
  return walk.cursor.insertions;
}

class LineWalk implements InnerCode {
  readonly cursor: LineCursor;
  readonly #expressions: ExpressionMarks;
  readonly #statements: StatementMarks;

  constructor(code: string) {
    this.cursor = new LineCursor(code);
    this.#expressions = new ExpressionMarks(this.cursor, this);
    this.#statements = new StatementMarks(this.cursor, this.#expressions);
  }

  program({ body }: Program): void {
    this.#statements.body(body, true);
  }

  /** A function on one line needs no mark: its allocations are on the line where it starts. */
  functionNode(node: FunctionNode): void {
    const { body } = node;
    for (const parameter of node.params) this.#expressions.asIs(parameter);
    this.cursor.inFrame(this.cursor.isOneLine(node), () => {
      if (body.type === 'BlockStatement') this.#statements.body(body.body, node.async);
      else this.#expressions.value(body);
    });
  }

  classNode({ superClass, body }: ClassNode): void {
    if (superClass != null) this.#expressions.inside(superClass);
    const isFrozen = this.cursor.isOneLine(body);
    for (const member of body.body) {
      if (member.type !== 'StaticBlock' && member.computed) this.#expressions.asIs(member.key);
      if (member.type === 'MethodDefinition') this.#expressions.inside(member.value);
      else if (member.type === 'StaticBlock')
        this.cursor.inFrame(isFrozen, () => this.#statements.body(member.body, false));
      else if (member.value != null) this.#field(member.value, isFrozen);
    }
  }

  #field(value: AnyNode, isFrozen: boolean): void {
    this.cursor.inFrame(isFrozen, () => {
      if (isConstant(value)) return;
      this.#expressions.namedValue(value);
    });
  }
}
