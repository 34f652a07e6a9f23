import {
  type MarkdownColumn,
  markdownCode,
  markdownHeading,
  markdownLabels,
  markdownTable,
} from '../table/markdown.js';
import { percentage } from '../unit/percentage.js';
import { formatList, type Listing } from './list.js';
import type { TagTable } from './tags.js';
import type { TopTable } from './top.js';
import type { Traces } from './traces.js';
import type { Tree } from './tree.js';

const right = (title: string): MarkdownColumn => ({ title, align: 'right' });
const left = (title: string): MarkdownColumn => ({ title, align: 'left' });

/** The table of `prof top` in Markdown. */
export function topMarkdown({ labels, rows, total, format }: TopTable): string {
  const share = (value: bigint): string => percentage(Number(value), Number(total)).trim();
  const columns = [right('flat'), right('flat%'), right('sum%'), right('cum'), right('cum%'), left('name')];
  const cells = rows.map(({ name, inlined, flat, sum, cum }) => [
    ...[format(flat), share(flat), share(sum), format(cum), share(cum)],
    inlined === '' ? name : `${name} (${inlined})`,
  ]);
  return markdownLabels(labels) + markdownTable(columns, cells);
}

/** The call graph in Markdown: a table for each function, callers above and callees below. */
export function treeMarkdown({ labels, entries, format }: Tree): string {
  const columns = [left(''), right('value'), right('share'), left('name')];
  const tables = entries.map(({ name, flat, cum, callers, callees }) => {
    const share = (value: bigint): string => percentage(Number(value), Number(cum)).trim();
    const call = (what: string) => (other: Tree['entries'][number]['callers'][number]) => [
      ...[what, format(other.weight), share(other.weight)],
      other.inline ? `${other.name} (inline)` : other.name,
    ];
    const own = [
      ['flat', format(flat), share(flat), name],
      ['cum', format(cum), share(cum), name],
    ];
    const rows = [...callers.map(call('called by')), ...own, ...callees.map(call('calls'))];
    return markdownHeading(name) + markdownTable(columns, rows);
  });
  return markdownLabels(labels) + tables.join('\n');
}

/** Annotated source in Markdown. */
export function listMarkdown(listing: Listing): string {
  return markdownCode(formatList(listing));
}

/** Samples in Markdown: a table of each stack. */
export function tracesMarkdown({ labels, traces, format }: Traces): string {
  const rows = traces.map(({ labels: own, value, frames }) => [
    format(value),
    frames.map(({ name, inline }) => (inline ? `${name} (inline)` : name)).join(' ← '),
    own.map(({ key, values }) => `${key}: ${values.join(' ')}`).join(', '),
  ]);
  return (
    markdownLabels(labels) + markdownTable([right('value'), left('stack, leaf first'), left('labels')], rows)
  );
}

/** Labels in Markdown. */
export function tagsMarkdown({ keys, total, format }: TagTable): string {
  const columns = [left('label'), left('value'), right('spent'), right('share')];
  const share = (value: bigint): string => percentage(Number(value), Number(total)).trim();
  const rows = keys.flatMap(({ key, values }) =>
    values.map(({ name, value }) => [key, name, format(value), share(value)]),
  );
  return markdownTable(columns, rows);
}
