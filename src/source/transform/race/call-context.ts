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

/** What is put into a function, or a file, so that it is known who is running. */
export interface CallContext {
  /** At the beginning of the body: keeps who has called, and enters. */
  readonly enter: (declareBy: 'var' | 'let') => string;
  /** Where the function ends, and before what it returns is given back. */
  readonly leave: string;
  /** Where an exception has been caught. */
  readonly resume: string;
  /** Behind a wait: nobody has called. */
  readonly goOn: string;
  /** Where it is kept who is running. */
  readonly current: string;
}

/** The context of a function; undefined where it needs none, or cannot have one. */
export function contextOf(node: FunctionNode, seed: number): CallContext | undefined {
  return node.generator || !callsOthers(node.body) ? undefined : hashContext(node, seed);
}

/** The context of code that starts somewhere. */
export function hashContext(node: { readonly start: number }, seed: number): CallContext {
  const id = idOf(node, seed);
  const resume = '$prof.context=$profd';
  return {
    enter: (declareBy) => `;${declareBy} $profc=$prof.context,$profd=$prof.context=($profc*31+${id})|0;`,
    leave: '$prof.context=$profc',
    resume,
    goOn: `$profc=0,${resume}`,
    current: '$prof.context',
  };
}

/** A number that no other place of the program is likely to have. */
function idOf({ start }: { readonly start: number }, seed: number): number {
  return (Math.imul(start + 1, 0x9e3779b1) ^ seed) | 0;
}

/** A hash of a text. */
export function seedOf(name: string): number {
  let hash = 7;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}

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
