import { layoutTabs } from '../table/tabwriter.js';
import type { CmpSection, IgnoredName } from './benchcmp.js';
import { type CmpCells, cmpCells, cmpTitles } from './cmp-cells.js';

/**
 * The sections as benchcmp prints them. Every section but that of the times begins with an empty line,
 * so a comparison without times does as well.
 */
export function formatCmp(sections: readonly CmpSection[]): string {
  const blocks = sections.map(({ unit, rows }) => {
    const lines = [cmpTitles(unit), ...rows.map((row) => cmpCells(row, unit))].map(tabLine);
    return `${unit === 'ns/op' ? '' : '\n'}${lines.join('')}`;
  });
  return layoutTabs(blocks.join(''), { padding: 5 });
}

/** What benchcmp says of a benchmark that it leaves out. */
export function formatIgnored({ name, before, after }: IgnoredName): string {
  return `ignoring ${name}: before has ${before} instances, after has ${after}\n`;
}

function tabLine({ name, before, after, delta }: CmpCells): string {
  return `${[name, before, after, delta].join('\t')}\n`;
}
