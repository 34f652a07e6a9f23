import type { AnyNode, MemberExpression, Super } from 'acorn';
import { isAnonymousDefinition, isPlainKey, isSkippedKey, isStable } from './shapes.js';
import type { AccessKind } from './sites.js';
import type { Walk } from './walk.js';

/** The functions of the global object that are told of an access; see `installHooks`. */
export const hooks: Readonly<Record<AccessKind, string>> = {
  read: '$prof_read',
  write: '$prof_write',
  update: '$prof_update',
};

/** `a[i]` where it may be an element of a view. */
export type ElementNode = MemberExpression & { object: Exclude<MemberExpression['object'], Super> };

/** Whether it is `a[i]` and may be an element of a view. */
export function isElement(node: AnyNode): node is ElementNode {
  return (
    node.type === 'MemberExpression' &&
    node.computed &&
    node.object.type !== 'Super' &&
    !isAnonymousDefinition(node.object) &&
    !isAnonymousDefinition(node.property) &&
    !(node.object.type === 'Identifier' && node.object.name === 'arguments') &&
    !isSkippedKey(node.property)
  );
}

/** `a[i]`, `a.b`: hooked where it may be an element. */
export function visitMember(walk: Walk, node: MemberExpression): void {
  if (isElement(node)) hookElement(walk, node, { kind: 'read', whole: node });
  else visitWithoutHook(walk, node);
}

/** The parts of an expression whose own access is not hooked. */
export function visitWithoutHook(walk: Walk, node: AnyNode): void {
  if (node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression') {
    visitWithoutHook(walk, node.expression);
  } else if (node.type === 'MemberExpression') {
    walk.visit(node.object);
    if (node.computed) walk.visit(node.property);
  } else walk.visit(node);
}

/**
 * An element that is read or written at once, or whose right side cannot synchronise.
 *
 *   a[i]      a[$prof_view(a)&&a.$prof!==void 0&&$prof_read(a,i,7),i]
 *   o.p[f()]  ($0=o.p)[$1=f(),$prof_view($0)&&$0.$prof!==void 0&&$prof_read($0,$1,7),$1]
 */
export function hookElement(
  walk: Walk,
  node: ElementNode,
  { kind, whole }: { readonly kind: AccessKind; readonly whole: AnyNode },
): void {
  const parts = openElement(walk, node, 'plain');
  if (parts === undefined) {
    visitWithoutHook(walk, node);
    return;
  }
  const id = walk.sites.add(whole, { offset: parts.offset, view: node.object, key: node.property });
  walk.insert(parts.offset, `${parts.check(hooks[kind], id)},${parts.key}`);
  walk.scope.release(parts.used);
}

/** View and key of an element, opened for a hook. */
export interface OpenElement {
  /** Where the key is known: where a check may be put in. */
  readonly offset: number;
  /** What the brackets of the element must end with behind the check; empty where that is the key as it is written. */
  readonly key: string;
  /** Temporaries that were in use before. */
  readonly used: number;
  /** The check, as an expression. */
  check(hook: string, id: number): string;
}

/**
 * Visits view and key of an element, and puts them where a hook can have them again.
 *
 * @param mode - `kept` where the hook is called behind the brackets: then neither may change meanwhile
 * @returns undefined where that cannot be, and nothing has been visited
 */
export function openElement(walk: Walk, node: ElementNode, mode: 'plain' | 'kept'): OpenElement | undefined {
  const { object, property } = node;
  const { used } = walk.scope;
  const keepsView = mode === 'kept' || !isStable(object);
  const isShort = isPlainKey(property) && !/[\r\n\u2028\u2029]/.test(walk.text(property));
  const keepsKey = mode === 'kept' ? property.type !== 'Literal' : !isShort;
  const names = nameParts(walk, node, { keepsView, keepsKey });
  if (names === undefined) {
    walk.scope.release(used);
    return undefined;
  }
  const { view, key, link } = names;
  if (keepsView) keepView(walk, node, { view, link });
  else walk.visit(object);
  if (keepsKey) walk.wrap(property, `${key}=(`, '),');
  else walk.visit(property);
  return {
    offset: keepsKey ? property.end : property.start,
    key: keepsKey ? key : '',
    used,
    check: (hook, id) => `${markedCheck(view)}&&${hook}(${view},${key},${id})`,
  };
}

/** Whether a variable has a view over shared memory, in code. */
export function markedCheck(view: string): string {
  return `$prof_view(${view})&&${view}[$prof_mark]!==void 0`;
}

/** Whether nothing is to be noted of an access to an element of a variable, in code. */
export function notedCheck(kind: 'read' | 'write', view: string, key: string): string {
  return `(!(${markedCheck(view)})||$prof_${kind === 'read' ? 'isRead' : 'isWritten'}(${view},${key}))`;
}

/** How a hook names view and key. */
interface ElementNames {
  readonly view: string;
  readonly key: string;
  readonly link: ChainLink | undefined;
}

/** What stands in front of the last `?.` of a view, and the temporary that keeps it. */
interface ChainLink {
  readonly base: AnyNode;
  readonly temporary: string;
}

function nameParts(
  walk: Walk,
  node: ElementNode,
  { keepsView, keepsKey }: { readonly keepsView: boolean; readonly keepsKey: boolean },
): ElementNames | undefined {
  const view = keepsView ? walk.scope.take() : walk.text(node.object);
  const key = keepsKey ? walk.scope.take() : walk.text(node.property);
  const base = keepsView && !node.optional ? optionalBase(node.object) : undefined;
  if (view === undefined || key === undefined) return undefined;
  if (base === undefined) return { view, key, link: undefined };
  // One element of a chain is hooked: the last, which is the one that may be a number.
  if (base === 'none' || walk.chain === undefined || walk.chain.closers !== '') return undefined;
  const temporary = walk.scope.take();
  return temporary === undefined ? undefined : { view, key, link: { base, temporary } };
}

/**
 * Keeps the view in a temporary; an optional chain in front of it still ends where it would.
 *
 *   o?.p[i]   (($2=o)==null?void 0:($0=$2?.p)[i])
 */
function keepView(walk: Walk, { object }: ElementNode, { view, link }: Omit<ElementNames, 'key'>): void {
  if (link === undefined) {
    walk.insert(object.start, `(${view}=`);
    walk.inChain(object, object.end);
    walk.insert(object.end, ')');
    return;
  }
  if (walk.chain !== undefined) walk.chain.closers = ')';
  walk.insertBehind(link.base, `)==null?void 0:(${view}=${link.temporary}`);
  walk.wrap(object, `((${link.temporary}=`, ')');
}

/** What stands in front of the last `?.` of an object; 'none' where that cannot be kept apart. */
function optionalBase(node: AnyNode): AnyNode | 'none' | undefined {
  for (let at: AnyNode = node; ; ) {
    if (at.type === 'MemberExpression') {
      if (at.optional) return at.object;
      at = at.object;
    } else if (at.type === 'CallExpression') {
      // A method's `this` would be lost.
      if (at.optional) return at.callee.type === 'Identifier' ? at.callee : 'none';
      at = at.callee;
    } else return undefined;
  }
}
