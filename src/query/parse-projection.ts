import { namedOrders } from './orders.js';
import { Tokens } from './tokens.js';

/** One key of a projection, and how its values are ordered. */
export interface ProjectionField {
  readonly key: string;
  /** `first` is the order of appearance; a list is an order and a filter. */
  readonly order: 'first' | 'alpha' | 'num' | { readonly values: readonly string[] };
}

/**
 * Reads a projection: keys with a blank or a comma between them, each perhaps with an order, such as
 * `.name,/size@num` or `/format@(gob json)`.
 *
 * @param what - the option, for messages
 * @throws ProfError `usage`, with a hint that points to the place
 */
export function parseProjection(text: string, what: string): ProjectionField[] {
  const tokens = new Tokens(text, what);
  const fields: ProjectionField[] = [];
  while (tokens.peek().kind !== 'end') {
    if (fields.length > 0 && tokens.peek().kind === ',') tokens.next();
    fields.push(parseField(tokens));
  }
  return fields;
}

function parseField(tokens: Tokens): ProjectionField {
  const { kind, text: key, offset } = tokens.next();
  if (kind !== 'word') throw tokens.error(offset, 'expected a key');
  if (key === '') throw tokens.error(offset, 'a key must not be empty');
  if (key === '.unit') throw tokens.error(offset, '.unit is only allowed in filters');
  if (tokens.peek().kind !== '@') return { key, order: 'first' };
  tokens.next();
  const at = tokens.peek().offset;
  const order = parseOrder(tokens);
  if (key === '.config' && typeof order === 'object')
    throw tokens.error(at, 'a fixed order is not allowed for .config');
  return { key, order };
}

function parseOrder(tokens: Tokens): ProjectionField['order'] {
  const { kind, text, offset } = tokens.next();
  if (kind === '(') return { values: parseValues(tokens) };
  if (kind !== 'word') throw tokens.error(offset, 'expected an order: alpha, num or a list in parentheses');
  if (text === 'first' || isNamed(text)) return text;
  throw tokens.error(offset, `unknown order "${text}"`);
}

function isNamed(order: string): order is 'alpha' | 'num' {
  return namedOrders.has(order);
}

function parseValues(tokens: Tokens): string[] {
  const values: string[] = [];
  for (;;) {
    const { kind, text, offset } = tokens.next();
    if (kind === 'word') values.push(text);
    else if (kind !== ')') throw tokens.error(offset, 'missing ")"');
    else if (values.length === 0) throw tokens.error(offset, 'nothing to match');
    else return values;
  }
}
