import { type BoxCell, type BoxOptions, formatBox } from '../table/box.js';
import type { CmpSection } from './benchcmp.js';
import { cmpCells, cmpTitles } from './cmp-cells.js';

/** The sections as tables of a terminal: better in green, worse in red. */
export function formatCmpBoxes(sections: Iterable<CmpSection>, options: BoxOptions): string {
  return [...sections].map((section) => formatSection(section, options)).join('\n');
}

const colors = { better: { color: 'green' }, worse: { color: 'red' }, same: {} } as const;

function formatSection({ unit, rows }: CmpSection, options: BoxOptions): string {
  const lines = Array.from(rows, (row): BoxCell[] => {
    const { name, before, after, delta } = cmpCells(row, unit);
    return [{ text: name }, { text: before }, { text: after }, { text: delta, ...colors[row.verdict] }];
  });
  const { name, before, after, delta } = cmpTitles(unit);
  return formatBox([name, before, after, delta], lines, options);
}
