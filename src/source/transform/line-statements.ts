import type {
  AnyNode,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  IfStatement,
  LabeledStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  VariableDeclaration,
} from 'acorn';
import { type LineCursor, merged } from './line-cursor.js';
import type { ExpressionMarks } from './line-expressions.js';
import { bare, hasTurnScope, isTrivial, suspends } from './line-shapes.js';

/** Where a statement stands: in a list of statements, or alone, as in `if (x) y;`. */
type Place = 'listed' | 'alone';

/** A loop around the code that is walked through. */
interface Loop {
  readonly labels: readonly string[];
  /** The line to be marked before its next turn; undefined where none has to be. */
  readonly turnLine: number | undefined;
}

/**
 * Marks the line of each statement before it; of a loop's head again where a turn ends, if the head may allocate.
 *
 *     for (const x of f()) {          __profLines[1]();for (const x of f()) {
 *       g(x);                 →         __profLines[2]();g(x);
 *     }                               ;__profLines[1]();}
 */
export class StatementMarks {
  readonly #cursor: LineCursor;
  readonly #expressions: ExpressionMarks;
  #loops: readonly Loop[] = [];
  #labels: readonly string[] = [];
  /** Whether what a function gives back settles a promise, which allocates. */
  #isAsync = false;

  constructor(cursor: LineCursor, expressions: ExpressionMarks) {
    this.#cursor = cursor;
    this.#expressions = expressions;
  }

  /** The statements of a function, or of a file. */
  body(statements: readonly AnyNode[], isAsync: boolean): void {
    const [loops, labels, wasAsync] = [this.#loops, this.#labels, this.#isAsync];
    [this.#loops, this.#labels, this.#isAsync] = [[], [], isAsync];
    this.#list(statements);
    [this.#loops, this.#labels, this.#isAsync] = [loops, labels, wasAsync];
  }

  #list(statements: readonly AnyNode[]): void {
    for (const each of statements) this.#statement(each, 'listed');
  }

  #statement(node: AnyNode, place: Place): void {
    switch (node.type) {
      case 'BlockStatement':
        this.#list(node.body);
        return;
      case 'EmptyStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'FunctionDeclaration':
        this.#expressions.inside(node);
        return;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        this.#export(node);
        return;
      case 'ContinueStatement':
        this.#continue(node, place);
        return;
      case 'DoWhileStatement':
        this.#loop(node, undefined, () => this.#statement(node.body, 'alone'));
        this.#cursor.current = undefined;
        this.#expressions.value(node.test);
        return;
      case 'LabeledStatement':
        this.#labeled(node, place);
        return;
      case 'ExpressionStatement':
        if (node.directive !== undefined) return;
        break;
      default:
    }
    if (isTrivial(node) && !(this.#isAsync && node.type === 'ReturnStatement')) return;
    this.#marked(node, place, () => this.#inside(node));
  }

  /** Marks a statement's line before it, unless it is marked already. */
  #marked(node: AnyNode, place: Place, walk: () => void): void {
    const line = this.#cursor.lineOf(node.start);
    const isNew = this.#cursor.current !== line;
    if (isNew) {
      const mark = `${this.#cursor.mark(line)});`;
      this.#cursor.insert(node.start, place === 'alone' ? `{${mark}` : mark);
    }
    walk();
    if (isNew && place === 'alone') this.#cursor.insert(node.end, '}');
  }

  #inside(node: AnyNode): void {
    switch (node.type) {
      case 'ExpressionStatement':
        this.#unused(node.expression);
        return;
      case 'VariableDeclaration':
        this.#declaration(node);
        return;
      case 'ReturnStatement':
      case 'ThrowStatement':
        if (node.argument != null) this.#expressions.value(node.argument);
        return;
      case 'IfStatement':
        this.#if(node);
        return;
      case 'ForStatement':
        this.#for(node);
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#forEach(node);
        return;
      case 'WhileStatement':
        this.#loop(node, undefined, () => {
          this.#expressions.value(node.test);
          this.#statement(node.body, 'alone');
        });
        return;
      case 'SwitchStatement':
        this.#switch(node);
        return;
      case 'TryStatement':
        this.#try(node);
        return;
      case 'WithStatement':
        // The body may mean something else by our global's name.
        this.#expressions.value(node.object);
        return;
      default:
        this.#expressions.inside(node);
    }
  }

  /** An expression whose value goes nowhere. */
  #unused(node: AnyNode): void {
    const inner = bare(node);
    if (inner.type === 'AwaitExpression' || inner.type === 'YieldExpression')
      this.#expressions.suspended(inner);
    else this.#expressions.inside(node);
  }

  #declaration({ declarations }: VariableDeclaration): void {
    for (const { id, init } of declarations) {
      if (id.type !== 'Identifier') this.#expressions.asIs(id);
      if (init == null) continue;
      if (id.type === 'Identifier' && (init.type === 'AwaitExpression' || init.type === 'YieldExpression'))
        this.#expressions.suspended(init);
      else this.#expressions.namedValue(init);
    }
  }

  #export(node: AnyNode & { type: 'ExportNamedDeclaration' | 'ExportDefaultDeclaration' }): void {
    const { declaration } = node;
    if (declaration == null) return;
    if (declaration.type === 'FunctionDeclaration') this.#expressions.inside(declaration);
    else if (declaration.type !== 'VariableDeclaration' || !isTrivial(declaration))
      this.#marked(node, 'listed', () => this.#inside(declaration));
  }

  /** A label stays with its loop: the mark comes before it. */
  #labeled(node: LabeledStatement, place: Place): void {
    let body: Statement = node;
    while (body.type === 'LabeledStatement') body = body.body;
    const line = this.#cursor.lineOf(body.start);
    const isNew = this.#cursor.current !== line;
    const mark = isNew ? `${this.#cursor.mark(line)});` : '';
    if (isNew) this.#cursor.insert(node.start, place === 'alone' ? `{${mark}` : mark);
    this.#labels = labelsOf(node);
    if (body.type === 'BlockStatement' || isLoop(body) || isNewLineless(body)) this.#withoutMark(body);
    else this.#expressions.asIs(body);
    this.#cursor.current = undefined;
    if (isNew && place === 'alone') this.#cursor.insert(node.end, '}');
  }

  /** A statement whose line has been marked before its label. */
  #withoutMark(body: Statement): void {
    if (body.type === 'BlockStatement') this.#labels = [];
    if (body.type === 'BlockStatement') this.#list(body.body);
    else if (body.type === 'DoWhileStatement') this.#statement(body, 'listed');
    else this.#inside(body);
  }

  #if({ test, consequent, alternate }: IfStatement): void {
    this.#expressions.value(test);
    const before = this.#cursor.current;
    this.#statement(consequent, 'alone');
    const after = this.#cursor.current;
    this.#cursor.current = before;
    if (alternate?.type === 'IfStatement') this.#if(alternate);
    else if (alternate != null) this.#statement(alternate, 'alone');
    this.#cursor.current = merged(after, this.#cursor.current);
  }

  #for(node: ForStatement): void {
    const { init, test, update, body } = node;
    if (init?.type === 'VariableDeclaration') this.#declaration(init);
    else if (init != null) this.#expressions.value(init);
    this.#loop(node, hasTurnScope(node) ? this.#cursor.lineOf(node.start) : undefined, (turnLine) => {
      if (test != null) this.#expressions.value(test);
      this.#turn(body, turnLine);
      if (!this.#staysOnLine(node)) this.#cursor.current = undefined;
      if (update != null) this.#expressions.value(update);
    });
  }

  #forEach(node: ForInStatement | ForOfStatement): void {
    if (node.left.type !== 'VariableDeclaration') this.#expressions.asIs(node.left);
    else for (const { id } of node.left.declarations) this.#expressions.asIs(id);
    this.#expressions.value(node.right);
    const hasTurns = node.type === 'ForOfStatement' || hasTurnScope(node);
    const line = this.#cursor.lineOf(node.start);
    this.#loop(node, hasTurns ? line : undefined, (turnLine) => this.#turn(node.body, turnLine));
  }

  /** @param turnLine - to be marked before each turn but the first */
  #loop(node: AnyNode, turnLine: number | undefined, walk: (turnLine: number | undefined) => void): void {
    const loops = this.#loops;
    this.#loops = [...loops, { labels: this.#labels, turnLine }];
    this.#labels = [];
    if (!this.#staysOnLine(node)) this.#cursor.current = undefined;
    walk(turnLine);
    if (!this.#staysOnLine(node)) this.#cursor.current = undefined;
    this.#loops = loops;
  }

  /** Whether the line that is marked before a loop is so all through it. */
  #staysOnLine(node: AnyNode): boolean {
    return this.#cursor.isOneLine(node) && !suspends(node);
  }

  /** The body of a loop whose head is to be marked again at its end. */
  #turn(body: Statement, turnLine: number | undefined): void {
    if (turnLine === undefined || this.#cursor.current === turnLine) {
      this.#statement(body, 'alone');
      return;
    }
    const isBlock = body.type === 'BlockStatement';
    if (!isBlock) this.#cursor.insert(body.start, '{');
    this.#statement(body, isBlock ? 'alone' : 'listed');
    const last = isBlock ? body.body.at(-1) : body;
    const mark = last !== undefined && isJump(last) ? '' : `;${this.#cursor.mark(turnLine)});`;
    this.#cursor.insert(isBlock ? body.end - 1 : body.end, isBlock ? mark : `${mark}}`);
  }

  #continue(node: AnyNode & { type: 'ContinueStatement' }, place: Place): void {
    const label = node.label?.name;
    const target =
      label === undefined ? this.#loops.at(-1) : this.#loops.find(({ labels }) => labels.includes(label));
    const line = target?.turnLine;
    if (line === undefined || line === this.#cursor.current) return;
    const mark = `${this.#cursor.mark(line)});`;
    this.#cursor.insert(node.start, place === 'alone' ? `{${mark}` : mark);
    if (place === 'alone') this.#cursor.insert(node.end, '}');
  }

  #switch({ discriminant, cases }: SwitchStatement): void {
    this.#expressions.value(discriminant);
    for (const { test, consequent } of cases) {
      if (test != null) {
        this.#cursor.current = undefined;
        this.#expressions.value(test);
      }
      this.#cursor.current = undefined;
      this.#list(consequent);
    }
    this.#cursor.current = undefined;
  }

  #try({ block, handler, finalizer }: TryStatement): void {
    this.#list(block.body);
    this.#cursor.current = undefined;
    if (handler?.param != null) this.#expressions.asIs(handler.param);
    if (handler != null) this.#list(handler.body.body);
    this.#cursor.current = undefined;
    if (finalizer != null) this.#list(finalizer.body);
    this.#cursor.current = undefined;
  }
}

function labelsOf(node: LabeledStatement): readonly string[] {
  const rest = node.body.type === 'LabeledStatement' ? labelsOf(node.body) : [];
  return [node.label.name, ...rest];
}

function isLoop({ type }: AnyNode): boolean {
  return /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(type);
}

/** Statements that may stand behind a label and be walked through as they are. */
function isNewLineless({ type }: AnyNode): boolean {
  return /^(Expression|If|Switch|Try|Return|Throw)Statement$/.test(type);
}

function isJump({ type }: AnyNode): boolean {
  return /^(Return|Throw|Break|Continue)Statement$/.test(type);
}
