import type { ProfError } from '../error.js';
import { type Token, Tokens } from './tokens.js';

/** A filter as its parts. */
export type FilterTree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterTree[] }
  | { readonly kind: 'not'; readonly part: FilterTree }
  | { readonly kind: 'match'; readonly key: string; readonly matches: (value: string) => boolean };

/** Makes a test of a pattern; throws what `error` makes of a problem. */
export type CompilePattern = (
  pattern: string,
  error: (problem: string) => ProfError,
) => (text: string) => boolean;

/**
 * Reads a filter: `key:value`, `key:"value"`, `key:/regexp/`, `key:(a OR b)`, `*`, joined by `AND` or nothing, by `OR`,
 * negated by `-`, grouped by parentheses.
 *
 * @throws ProfError `usage`, with a hint that points to the place
 */
export function parseFilter(text: string, compile: CompilePattern): FilterTree {
  const tokens = new Tokens(text, '--filter');
  const tree = parseOr({ tokens, compile });
  const { kind, text: rest, offset } = tokens.next();
  if (kind !== 'end') throw tokens.error(offset, `unexpected "${rest}"`);
  return tree;
}

interface Parsing {
  readonly tokens: Tokens;
  readonly compile: CompilePattern;
}

function parseOr(parsing: Parsing): FilterTree {
  const parts = [parseAnd(parsing)];
  while (parsing.tokens.peek().kind === 'OR') {
    parsing.tokens.next();
    parts.push(parseAnd(parsing));
  }
  return joined('or', parts);
}

function parseAnd(parsing: Parsing): FilterTree {
  const parts = [parseMatch(parsing)];
  for (;;) {
    const { kind, text, offset } = parsing.tokens.peek();
    if (kind === ')' || kind === 'OR' || kind === 'end') return joined('and', parts);
    if (kind === 'AND') parsing.tokens.next();
    else if (kind === ':' || kind === '@' || kind === ',')
      throw parsing.tokens.error(offset, `unexpected "${text}"`);
    else parts.push(parseMatch(parsing));
  }
}

function joined(kind: 'and' | 'or', parts: readonly FilterTree[]): FilterTree {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? only : { kind, parts };
}

function parseMatch(parsing: Parsing): FilterTree {
  const { tokens } = parsing;
  const token = tokens.next();
  switch (token.kind) {
    case '(':
      return parseGroup(parsing);
    case '-':
      return { kind: 'not', part: parseMatch(parsing) };
    case '*':
      return { kind: 'and', parts: [] };
    case 'word':
      return parseKeyValue(parsing, token);
    default:
      throw tokens.error(token.offset, 'expected key:value or a part in parentheses');
  }
}

function parseGroup(parsing: Parsing): FilterTree {
  const tree = parseOr(parsing);
  const { kind, offset } = parsing.tokens.next();
  if (kind !== ')') throw parsing.tokens.error(offset, 'missing ")"');
  return tree;
}

function parseKeyValue(parsing: Parsing, { text: key, offset }: Token): FilterTree {
  const { tokens } = parsing;
  if (tokens.next().kind !== ':') throw tokens.error(offset, 'expected key:value');
  if (key === '') throw tokens.error(offset, 'a key must not be empty');
  if (key === '.config') throw tokens.error(offset, '.config is only allowed in projections');
  const value = tokens.next('value');
  if (value.kind !== '(') return matchOf(parsing, key, value);
  const parts: FilterTree[] = [];
  for (;;) {
    parts.push(matchOf(parsing, key, tokens.next('value')));
    const { kind, offset } = tokens.next('value');
    if (kind === ')') return { kind: 'or', parts };
    if (kind !== 'OR') throw tokens.error(offset, 'values of a list have OR between them');
  }
}

function matchOf({ tokens, compile }: Parsing, key: string, { kind, text, offset }: Token): FilterTree {
  if (kind === 'word') return { kind: 'match', key, matches: (value) => value === text };
  if (kind !== 'regexp') throw tokens.error(offset, 'expected a value');
  return { kind: 'match', key, matches: compile(text, (problem) => tokens.error(offset, problem)) };
}
