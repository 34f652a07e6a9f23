import type { AnyNode } from 'acorn';

/** Methods of DataView whose calls tell their site. */
const viewMethods =
  /^(get|set)(Int8|Uint8|Int16|Uint16|Int32|Uint32|Float16|Float32|Float64|BigInt64|BigUint64)$/;
const bufferMethods = /^(read|write)(U?Int(8|16|32)?(LE|BE)?|Big(U|Ui|I)nt64(LE|BE)|(Float|Double)(LE|BE))$/;

/** The name of what is called: `f`, or `m` of `o.m`. */
export function calleeName(callee: AnyNode): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier') {
    return callee.property.name;
  }
  return undefined;
}

/** `o` of `o.m(…)`. */
export function receiverOf(callee: AnyNode): AnyNode | undefined {
  return callee.type === 'MemberExpression' ? callee.object : undefined;
}

/** Whether a call may be one of Atomics, DataView or Buffer. */
export function isSited(callee: AnyNode): boolean {
  if (isMethodOf('Atomics', callee)) return true;
  const name = receiverOf(callee) === undefined ? undefined : calleeName(callee);
  return name !== undefined && (viewMethods.test(name) || bufferMethods.test(name));
}

/** Whether it is `owner.method`. */
export function isMethodOf(owner: string, callee: AnyNode): boolean {
  const receiver = receiverOf(callee);
  return receiver?.type === 'Identifier' && receiver.name === owner;
}

/**
 * Whether it is `Array.prototype.slice.call` and the like, of methods that read all of their receiver and call nobody
 * back.
 */
export function isArrayReader(callee: AnyNode): boolean {
  const method = calleeName(callee) === 'call' ? receiverOf(callee) : undefined;
  const owner = method === undefined ? undefined : receiverOf(method);
  if (method === undefined || owner === undefined) return false;
  const isArray = owner.type === 'ArrayExpression' || isPrototype('Array', owner);
  return isArray && /^(slice|join|concat|toReversed)$/.test(calleeName(method) ?? '');
}

function isPrototype(owner: string, node: AnyNode): boolean {
  return isMethodOf(owner, node) && calleeName(node) === 'prototype';
}

/** Arguments of a call that hands a list on as arguments: `f.apply(x, v)`, `Reflect.apply(f, x, v)`; else undefined. */
export function appliedCount(callee: AnyNode): number | undefined {
  if (receiverOf(callee) === undefined || calleeName(callee) !== 'apply') return undefined;
  return isMethodOf('Reflect', callee) ? 3 : 2;
}
