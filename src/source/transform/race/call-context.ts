import type { AnyNode, Function as FunctionNode } from 'acorn';
import { childrenOf } from './shapes.js';

// Functions that call others keep `$prof.context`, a hash of the calls that led to the running code: with it, a stack
// that was written down once stands for all accesses that came the same way.
//
//   function f(x) {          function f(x) {const $profc=$prof.context,$profd=$prof.context=($profc*31+7)|0;
//     return g(x);             return ($0=(g(x)),$prof.context=$profc,$0);
//   }                        ;$prof.context=$profc}
//
// Note: try and finally around the body would see exceptions too, but functions declared in a block mean something
// else than those of a body, and cost more. Whoever catches an exception sets its own context again.

/** How a function, or a file, keeps the context. */
export interface CallContext {
  /** Tells it from others. */
  readonly id: number;
  /** It may be left and resumed by the event loop, where nobody has called. */
  readonly isAsync: boolean;
}

/** The context of a function; undefined where it needs none, or cannot have one. */
export function contextOf(node: FunctionNode, seed: number): CallContext | undefined {
  if (node.generator || !callsOthers(node.body)) return undefined;
  return { id: idOf(node, seed), isAsync: node.async };
}

/** A number that no other place of the program is likely to have. */
export function idOf({ start }: { readonly start: number }, seed: number): number {
  return (Math.imul(start + 1, 0x9e3779b1) ^ seed) | 0;
}

/** A hash of a text. */
export function seedOf(name: string): number {
  let hash = 7;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}

/** At the beginning of a body. */
export function enterText({ id }: CallContext, declareBy: 'var' | 'let'): string {
  return `;${declareBy} $profc=$prof.context,$profd=$prof.context=($profc*31+${id})|0;`;
}

/** Where a function ends, and before what it returns is given back. */
export const leave = '$prof.context=$profc';

/** Where an exception has been caught, or a wait is over. */
export const resume = '$prof.context=$profd';

/** Whether code calls functions itself, not in functions that it makes. */
function callsOthers(node: AnyNode): boolean {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return true;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return false;
    default:
      for (const child of childrenOf(node)) if (callsOthers(child)) return true;
      return false;
  }
}
