import type { Options, Program } from 'acorn';
import { DeepParser } from './deep-parser.js';
import { walkFunctions } from './function-walk.js';
import type { Position } from './line-index.js';

/** A function of a source text. Lines and columns are 1-based, columns in UTF-16 code units. */
export interface SourceFunction {
  /**
   * The name that reports show: methods and class fields carry their class (`Router.match`), a
   * function without a name its place (`outer.<anonymous:12>`), the top level is `(module)`.
   */
  readonly name: string;
  /** The name that V8's profilers give: `match`, `get size`, empty for an anonymous function. */
  readonly rawName: string;
  /** Where V8's profilers say that it starts: its parameters' parenthesis; an arrow function's first letter. */
  readonly startLine: number;
  readonly startColumn: number;
  /** Behind its last letter. */
  readonly endLine: number;
  readonly endColumn: number;
  /** Names that some versions of V8 give instead of `rawName`. */
  readonly alsoNamed: readonly string[];
  /** Places where some versions of V8 start it instead. */
  readonly alsoAt: readonly Position[];
}

/**
 * The functions of a JavaScript text, by their start; the first is the top level itself.
 *
 * @param code - a module or a CommonJS file; of TypeScript the text with types blanked out
 * @returns nothing for a text that cannot be read
 */
export function functionsOf(code: string): readonly SourceFunction[] {
  const program = parseAs('module', code) ?? parseAs('script', code);
  if (program === undefined) return [];
  return walkFunctions(program, code).sort(
    (a, b) => a.startLine - b.startLine || a.startColumn - b.startColumn,
  );
}

function parseAs(sourceType: NonNullable<Options['sourceType']>, code: string): Program | undefined {
  try {
    return DeepParser.parse(code, {
      ecmaVersion: 'latest',
      sourceType,
      allowHashBang: true,
      allowReturnOutsideFunction: true,
    });
  } catch (error) {
    // Wrong syntax, or nested deeper than the parser's calls may be.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The innermost function of that name whose lines hold `line`.
 *
 * @param wanted - name as V8's profilers give it; 1-based line of any place in the function
 */
export function findFunction(
  table: readonly SourceFunction[],
  wanted: { readonly name: string; readonly line: number },
): SourceFunction | undefined {
  const candidates = indexOf(table).byName.get(wanted.name) ?? [];
  for (let i = candidates.length - 1; i >= 0; i--) {
    const each = candidates[i];
    if (each && each.startLine <= wanted.line && wanted.line <= each.endLine) return each;
  }
  return undefined;
}

/** The function of that name as V8's profilers give it; undefined where there is none, or more than one. */
export function findOnlyFunction(table: readonly SourceFunction[], name: string): SourceFunction | undefined {
  const candidates = indexOf(table).byName.get(name) ?? [];
  return name !== '' && candidates.length === 1 ? candidates[0] : undefined;
}

/** The function that starts at a place that V8's profilers name; 1-based. */
export function findFunctionAt(
  table: readonly SourceFunction[],
  { line, column }: Position,
): SourceFunction | undefined {
  return indexOf(table).byStart.get(`${line}:${column}`);
}

/** The innermost function around a place. */
export function findFunctionAround(
  table: readonly SourceFunction[],
  { line, column }: Position,
): SourceFunction | undefined {
  // Sorted by their start, so that the last one is the innermost.
  for (let i = table.length - 1; i >= 0; i--) {
    const each = table[i];
    if (each === undefined || line < each.startLine || line > each.endLine) continue;
    const isBehindStart = line > each.startLine || column >= each.startColumn;
    const isBeforeEnd = line < each.endLine || column < each.endColumn;
    if (isBehindStart && isBeforeEnd) return each;
  }
  return undefined;
}

interface FunctionIndex {
  readonly byName: ReadonlyMap<string, readonly SourceFunction[]>;
  readonly byStart: ReadonlyMap<string, SourceFunction>;
}

const indexes = new WeakMap<readonly SourceFunction[], FunctionIndex>();

function indexOf(table: readonly SourceFunction[]): FunctionIndex {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const index = { byName: indexByName(table), byStart: indexByStart(table) };
  indexes.set(table, index);
  return index;
}

function indexByName(table: readonly SourceFunction[]): Map<string, SourceFunction[]> {
  const byName = new Map<string, SourceFunction[]>();
  for (const each of table) {
    for (const name of [each.rawName, ...each.alsoNamed]) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [each]);
      else list.push(each);
    }
  }
  return byName;
}

/** A function's own start wins over the other places of a class's initializers. */
function indexByStart(table: readonly SourceFunction[]): Map<string, SourceFunction> {
  const byStart = new Map<string, SourceFunction>();
  const add = (key: string, each: SourceFunction): void => {
    if (!byStart.has(key)) byStart.set(key, each);
  };
  for (const each of table) add(`${each.startLine}:${each.startColumn}`, each);
  for (const each of table) for (const { line, column } of each.alsoAt) add(`${line}:${column}`, each);
  return byStart;
}
