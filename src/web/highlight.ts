/** What a piece of source is, for its colour. */
export type TokenKind = 'plain' | 'keyword' | 'string' | 'number' | 'comment';

/** A piece of a line of source. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** What a line begins in: nothing special, a comment or a template that an earlier one has begun. */
export type LineState = 'code' | 'comment' | 'template';

const keywords = new Set(
  (
    'abstract as async await break case catch class const continue debugger declare default delete do else enum export ' +
    'extends false finally for from func function get go if implements import in instanceof interface let new null of ' +
    'override package private protected public readonly return satisfies set static super switch this throw true try type ' +
    'typeof undefined var void while with yield chan defer fallthrough goto map range select struct nil'
  ).split(' '),
);

const pieces =
  /(\/\/.*$)|(\/\*)|(`)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(\b\d[\w.]*|\.\d[\w.]*)|([A-Za-z_$#][\w$]*)|(\s+|[^\w\s])/y;

/**
 * The pieces of a line of JavaScript, TypeScript or Go, good enough for colours; their texts put together are the line.
 *
 * @returns the pieces, and what the next line begins in
 */
export function highlightLine(line: string, before: LineState): { tokens: Token[]; after: LineState } {
  const tokens: Token[] = [];
  let state = before;
  let at = 0;
  const add = (kind: TokenKind, end: number): void => {
    if (end > at) tokens.push({ kind, text: line.slice(at, end) });
    at = end;
  };
  while (at < line.length) {
    if (state !== 'code') {
      const end = endOf(line, at, state);
      add(state === 'comment' ? 'comment' : 'string', end ?? line.length);
      if (end !== undefined) state = 'code';
      continue;
    }
    pieces.lastIndex = at;
    const found = pieces.exec(line);
    if (found === null) add('plain', at + 1);
    else if (found[2] !== undefined || found[3] !== undefined) {
      state = found[2] === undefined ? 'template' : 'comment';
      add(state === 'comment' ? 'comment' : 'string', pieces.lastIndex);
    } else add(kindOf(found), pieces.lastIndex);
  }
  return { tokens, after: state };
}

/** Behind the end of the comment or template that a line is in; undefined where it goes on. */
function endOf(line: string, from: number, state: 'comment' | 'template'): number | undefined {
  const pattern = state === 'comment' ? /\*\// : /^(?:[^`\\]|\\.)*`/;
  const found = pattern.exec(line.slice(from));
  return found === null ? undefined : from + found.index + found[0].length;
}

function kindOf([text, comment, , , quoted, number, word]: RegExpExecArray): TokenKind {
  if (comment !== undefined) return 'comment';
  if (quoted !== undefined) return 'string';
  if (number !== undefined) return 'number';
  return word !== undefined && keywords.has(text) ? 'keyword' : 'plain';
}
