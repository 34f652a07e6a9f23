import type { AnyNode, Program } from 'acorn';
import { childrenOf } from '../race/shapes.js';
import { type DependentWrite, findDependences } from './dependences.js';
import {
  type FindVariable,
  type FunctionNode,
  findVariables,
  isFunction,
  type Variable,
} from './variables.js';

/** What of a file is to be hooked. */
export interface Plan {
  /** Reads that a later write may depend on, and the ids of their sites. */
  readonly reads: ReadonlyMap<AnyNode, number>;
  readonly writes: ReadonlyMap<AnyNode, DependentWrite>;
  /** Variables that are so read, and what keeps their state in the hooked code. */
  readonly variables: ReadonlyMap<Variable, string>;
  readonly find: FindVariable;
}

/** Looks through a file for what its async functions read, wait, and write. */
export function makePlan(program: Program, nextSite: () => number): Plan {
  const find = findVariables(program);
  const reads = new Map<AnyNode, number>();
  const writes = new Map<AnyNode, DependentWrite>();
  const variables = new Map<Variable, string>();
  for (const node of waitingFunctions(program)) {
    for (const [write, dependence] of findDependences(node, find)) {
      writes.set(write, dependence);
      for (const read of [...dependence.data, ...dependence.control]) {
        if (!reads.has(read)) reads.set(read, nextSite());
        const variable = read.type === 'Identifier' ? find(read) : undefined;
        if (variable !== undefined && !variables.has(variable))
          variables.set(variable, `$profl${variables.size}`);
      }
    }
  }
  return { reads, writes, variables, find };
}

function* waitingFunctions(node: AnyNode): Generator<FunctionNode> {
  if (isFunction(node) && isActivation(node)) yield node;
  for (const child of childrenOf(node)) yield* waitingFunctions(child);
}

/** Whether calls of a function wait, so that others run meanwhile. */
export function isActivation(node: Pick<FunctionNode, 'async' | 'generator' | 'body'>): boolean {
  return node.async && !node.generator && waits(node.body);
}

function waits(node: AnyNode): boolean {
  if (isFunction(node)) return false;
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) return true;
  for (const child of childrenOf(node)) if (waits(child)) return true;
  return false;
}
