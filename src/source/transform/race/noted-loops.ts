import type { AnyNode, BinaryExpression, ForStatement } from 'acorn';
import { markedCheck, notedCheck } from './elements.js';
import { isPlainKey } from './shapes.js';
import { namesOf, SimpleLoop } from './simple-loop.js';
import type { Visitor, Walk } from './walk.js';

/** Characters of a body that is put in twice. */
const maxCopy = 500;

// Where a check may call something, V8 keeps what a loop adds up in memory, and looks up anew what it needs for the next check.
// So iterations that touch only what is noted already run in a loop within the loop, which calls nothing; it is left where there is
// something to note, or at the end:
//
//   for (let i = 0; i < n; i++) sum += v[i];
//
//   $prof_end:for (let i = 0; i < n; i++) {do{sum += v[hook(v,i),i];
//     $0=false;if(marked(v)){$0=typeof sum==='number'&&…&&$prof_numbers(v);
//       if($0){for(;i++,($0=(i < n))&&$prof_isRead(v,i);){sum += v[i];}if(!$0)break $prof_end}}}while($0)}
//
// That all are numbers is asked for since other values could call code, or throw, in the copy: there it would stand in the
// wrong line, and what it touches would not be noted. Only variables are asked that the iteration before has used, or that are
// known to be declared: others might throw.

/** `for (…; i < n; i++)` around simple statements: see above. */
export const visitFor: Visitor<'ForStatement'> = (walk, node) =>
  walk.scope.inBlock(() => {
    const { init, test, update, body } = node;
    walk.visitAll([init, test, update]);
    const { used } = walk.scope;
    const inner = innerLoop(walk, node);
    const flag = inner === undefined ? undefined : walk.scope.take();
    walk.scope.release(used); // it is set and used behind the body
    if (inner === undefined || flag === undefined) {
      walk.visit(body);
      return;
    }
    walk.insert(node.start, '$prof_end:');
    walk.wrap(body, '{do{', `;${flag}=false;${inner(flag)}}while(${flag})}`);
  });

/** The code of the loop to put into a loop; undefined where its iterations may do more than arithmetic. */
function innerLoop(
  walk: Walk,
  { init, test, update, body }: ForStatement,
): ((flag: string) => string) | undefined {
  if (test == null || update == null || !isSimpleInit(init)) return undefined;
  const simple = SimpleLoop.of(body);
  const advanced = advancedBy(update);
  if (simple === undefined || advanced === undefined || !isBound(test, simple.views)) return undefined;
  const { views, accesses, mathNames } = simple;
  if (views.some((view) => advanced.includes(view))) return undefined;
  const [until, next, copy] = [oneLine(walk, test), oneLine(walk, update), copyOf(walk, body)];
  if (until === undefined || next === undefined || copy === undefined || copy.length > maxCopy)
    return undefined;
  const sure = [...simple.sureVariables, ...boundNames(test)];
  const unsure = [...simple.unsureVariables, ...advanced].filter((name) => !sure.includes(name));
  if (!unsure.every((name) => walk.scope.kindOf(name) !== undefined)) return undefined;
  if ([...simple.unsurelyAssigned].some((name) => walk.scope.kindOf(name) === 'const')) return undefined;
  const isNumeric = [
    ...[...new Set([...sure, ...unsure])].map((name) => `typeof ${name}==='number'`),
    ...[...mathNames].map((name) => `$prof_math(Math,'${name}')`),
    ...views.map((view) => `$prof_numbers(${view})`),
  ];
  const isNoted = accesses.map(({ kind, view, key }) => notedCheck(kind, view, oneLine(walk, key) ?? ''));
  return (flag) =>
    `if(${views.map(markedCheck).join('||')}){${flag}=${isNumeric.join('&&')};` +
    `if(${flag}){for(;${next},(${flag}=(${until}))&&${isNoted.join('&&')};){${copy}}if(!${flag})break $prof_end}}`;
}

/** Nothing that is to be disposed of. */
function isSimpleInit(init: ForStatement['init']): boolean {
  return init?.type !== 'VariableDeclaration' || /^(let|const|var)$/.test(init.kind);
}

/** `i < n`, `i !== v.length` */
function isBound(node: AnyNode, views: readonly string[]): node is BinaryExpression {
  if (node.type !== 'BinaryExpression' || !/^([<>]=?|[!=]==?)$/.test(node.operator)) return false;
  return [node.left, node.right].every((side) => isPlainKey(side) || isLength(side, views));
}

/** The variables of a bound, but for views. */
function boundNames({ left, right }: BinaryExpression): string[] {
  return [left, right].flatMap(namesOf);
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

/** The variables of `i++`, `i += 2`, or several of these; undefined where it is something else. */
function advancedBy(node: AnyNode): readonly string[] | undefined {
  switch (node.type) {
    case 'SequenceExpression': {
      const parts = node.expressions.map(advancedBy);
      return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
    }
    case 'UpdateExpression':
      return node.argument.type === 'Identifier' ? [node.argument.name] : undefined;
    case 'AssignmentExpression':
      if (node.left.type !== 'Identifier' || !isPlainKey(node.right) || /[&|?]{2}=/.test(node.operator))
        return undefined;
      return [node.left.name, ...namesOf(node.right)];
    default:
      return undefined;
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
