import type { AnyNode, ForStatement } from 'acorn';
import { markedCheck, notedCheck } from './elements.js';
import { isPlainKey } from './shapes.js';
import { SimpleLoop } from './simple-loop.js';
import type { Visitor, Walk } from './walk.js';

/** Characters of a body that is put in twice. */
const maxCopy = 500;

// Where a check may call something, V8 keeps what a loop adds up in memory, and looks up anew what it needs for the next check.
// So iterations that touch only what is noted already run in a loop within the loop, which calls nothing; it is left where there is
// something to note, or at the end:
//
//   for (let i = 0; i < n; i++) sum += v[i];
//
//   for (let i = 0; i < n; ($f?$f=false:(i++))) {sum += v[hook(v,i),i];
//     if(marked(v)){for(;i++,(!marked(v)||$prof_isRead(v,i))&&i < n;){sum += v[i];}$f=true}}
//
// The first iteration always has its hooks, so that no name is looked at before it would have been.

/** `for (…; i < n; i++)` around simple statements: see above. */
export const visitFor: Visitor<'ForStatement'> = (walk, node) => {
  const inner = innerLoop(walk, node);
  const advanced = inner === undefined ? undefined : walk.scope.takeForGood(); // false when the loop begins, and when it ends
  const { init, test, update, body } = node;
  if (inner === undefined || advanced === undefined || update == null) {
    walk.visitAll([init, test, update, body]);
    return;
  }
  walk.visitAll([init, test]);
  walk.wrap(update, `(${advanced}?${advanced}=false:(`, '))');
  walk.wrap(body, '{', `;if(${inner.isMarked}){${inner.loop}${advanced}=true}}`);
};

/** The code of the loop within. */
interface InnerLoop {
  /** Whether there is anything to note in the loop at all. */
  readonly isMarked: string;
  readonly loop: string;
}

/** The loop to put into a loop; undefined where its iterations may do more than arithmetic. */
function innerLoop(walk: Walk, { test, update, body }: ForStatement): InnerLoop | undefined {
  if (test == null || update == null || !isAdvance(update)) return undefined;
  const simple = SimpleLoop.of(body);
  if (simple === undefined || !isBound(test, simple.views)) return undefined;
  const [until, next, copy] = [oneLine(walk, test), oneLine(walk, update), copyOf(walk, body)];
  const isNoted = simple.accesses.map(({ kind, view, key }) =>
    notedCheck(kind, view, oneLine(walk, key) ?? ''),
  );
  if (until === undefined || next === undefined || copy === undefined || copy.length > maxCopy)
    return undefined;
  return {
    isMarked: simple.views.map(markedCheck).join('||'),
    loop: `for(;${next},${isNoted.join('&&')}&&(${until});){${copy}}`,
  };
}

/** `i < n`, `i !== v.length`: what may be evaluated once more. */
function isBound(node: AnyNode, views: readonly string[]): boolean {
  if (node.type !== 'BinaryExpression' || !/^([<>]=?|[!=]==?)$/.test(node.operator)) return false;
  return [node.left, node.right].every(
    (side) => side.type !== 'PrivateIdentifier' && (isPlainKey(side) || isLength(side, views)),
  );
}

function isLength(node: AnyNode, views: readonly string[]): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    views.includes(node.object.name) &&
    !node.computed &&
    node.property.type === 'Identifier' &&
    node.property.name === 'length'
  );
}

/** `i++`, `i += 2`, or several of these. */
function isAdvance(node: AnyNode): boolean {
  switch (node.type) {
    case 'SequenceExpression':
      return node.expressions.every(isAdvance);
    case 'UpdateExpression':
      return node.argument.type === 'Identifier';
    case 'AssignmentExpression':
      return node.left.type === 'Identifier' && isPlainKey(node.right);
    default:
      return false;
  }
}

/** Simple statements once more, in one line. */
function copyOf(walk: Walk, node: AnyNode): string | undefined {
  switch (node.type) {
    case 'BlockStatement': {
      const copies = node.body.map((each) => copyOf(walk, each));
      return copies.includes(undefined) ? undefined : `{${copies.join('')}}`;
    }
    case 'IfStatement': {
      const copies = [node.consequent, node.alternate].map((each) =>
        each == null ? '' : copyOf(walk, each),
      );
      const test = oneLine(walk, node.test);
      if (test === undefined || copies.includes(undefined)) return undefined;
      return `if(${test}){${copies[0]}}else{${copies[1]}}`;
    }
    default: {
      const text = oneLine(walk, node);
      return text && `${text};`;
    }
  }
}

/** The text of an expression or simple statement in one line; undefined where it has comments. It has no literals but numbers. */
function oneLine(walk: Walk, node: AnyNode): string | undefined {
  const text = walk.text(node);
  return /\/[/*]|<!--|-->/.test(text) ? undefined : text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ');
}
