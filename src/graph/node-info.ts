import { compareBytes } from '../text/order.js';

/** What tells the nodes of a graph apart; empty and 0 for what the granularity leaves out. */
export interface NodeInfo {
  readonly name: string;
  readonly address: bigint;
  readonly file: string;
  /** 1-based line of the function's definition. */
  readonly startLine: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** The mapping's file. */
  readonly objectFile: string;
}

/** The parts of a node's name, in the order in which reports print them; at least one. */
export function nameParts(info: NodeInfo): string[] {
  const parts: string[] = [];
  if (info.address !== 0n) parts.push(info.address.toString(16).padStart(16, '0'));
  if (info.name !== '') parts.push(info.name);
  if (info.line !== 0) {
    const column = info.column === 0 ? '' : `:${info.column}`;
    parts.push(`${info.file}:${info.line}${column}`);
  } else if (info.file !== '') parts.push(info.file);
  else if (info.name === '')
    parts.push(info.objectFile === '' ? '<unknown>' : `[${baseName(info.objectFile)}]`);
  return parts;
}

/** A node's name as reports print it. */
export function printableName(info: NodeInfo): string {
  return nameParts(info).join(' ');
}

/** The last element of a path, as Go's `filepath.Base` gives it. */
export function baseName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** A last resort of an order between nodes whose names are the same: all that tells them apart. */
export function compareInfo(a: NodeInfo, b: NodeInfo): number {
  return compareBytes(infoKey(a), infoKey(b));
}

/** All that tells a node apart, as one text. */
export function infoKey(info: NodeInfo): string {
  const { name, address, file, startLine, line, column, objectFile } = info;
  // The second field is the system name, which no report keeps.
  return `{${name}  ${address} ${file} ${startLine} ${line} ${column} ${objectFile}}`;
}
