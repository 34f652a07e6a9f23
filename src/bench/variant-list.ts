import { readFileSync } from 'node:fs';
import { type Variant, variantFolders, variantsIn } from './variant.js';

/** A line of `prof ls`. */
export interface VariantLine {
  readonly name: string;
  /** What its main file says of itself; empty where it says nothing. */
  readonly summary: string;
}

/**
 * The variants that can be named without a path, in order of name: what is in the working folder,
 * in its `fixtures/`, and in prof's own fixtures. A name that is found twice stands for the first.
 *
 * @param cwd - absolute path of the working folder
 */
export function listVariants(cwd: string): VariantLine[] {
  const byName = new Map<string, Variant>();
  for (const folder of variantFolders(cwd)) {
    const all = variantsIn(folder);
    // The working folder holds more than variants, such as a `test` folder.
    const found = folder === cwd ? all.filter((variant) => variant.benchFiles.length > 0) : all;
    for (const variant of found) if (!byName.has(variant.label)) byName.set(variant.label, variant);
  }
  const names = [...byName.keys()].sort(compareNames);
  return names.map((name) => ({ name, summary: summaryOf(byName.get(name)) }));
}

/** The order of names in which `step10` comes behind `step9`. */
function compareNames(a: string, b: string): number {
  const [as, bs] = [a, b].map((name) => name.split(/(\d+)/));
  for (const [i, part] of (as ?? []).entries()) {
    const other = bs?.[i] ?? '';
    if (part === other) continue;
    const numbers = i % 2 === 1 && other !== '' ? Number(part) - Number(other) : 0;
    return numbers || (part < other ? -1 : 1);
  }
  return (as?.length ?? 0) - (bs?.length ?? 0);
}

function summaryOf(variant: Variant | undefined): string {
  const file = variant?.handlerFile ?? variant?.benchFiles[0] ?? variant?.testFiles[0];
  return file === undefined ? '' : firstComment(readFileSync(file, 'utf8'));
}

/**
 * The first paragraph of the comment that a program begins with, as one line; empty where it begins
 * with something else.
 */
export function firstComment(code: string): string {
  const start = code.replace(/^\uFEFF?(#!.*\n)?\s*/, '');
  const lines = /^(?:\/\/.*(?:\r?\n|$))+/.exec(start)?.[0].replace(/^\/\/+ ?/gm, '');
  const block = /^\/\*+([\s\S]*?)\*\//.exec(start)?.[1]?.replace(/^[ \t]*\*+ ?/gm, '');
  const [paragraph = ''] = (lines ?? block ?? '').trim().split(/\r?\n\s*\r?\n/);
  return paragraph.trim().replace(/\s+/g, ' ');
}
