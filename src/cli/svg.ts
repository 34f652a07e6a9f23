import { formatDot, picture } from '../report/dot.js';
import { drawableDot } from '../report/escape-dot.js';
import { viewableSvg } from '../report/svg.js';
import { layOut } from './lay-out.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof svg`: the call graph as a picture. */
export const svg: ReportingCommand = reportCommand({
  name: 'svg',
  kind: 'dot',
  summary: 'Draw the call graph as a picture for the browser; graphviz need not be installed.',
  examples: [
    'prof svg prof.cpu > prof.svg',
    'prof svg --focus=parse --output=parse.svg prof.cpu',
    'prof svg --diff-base=prof.cpu.2 --output=diff.svg prof.cpu.3',
  ],
  notes:
    'Boxes are functions, the larger their text the more they cost themselves; arrows are calls, the thicker the more ' +
    'is spent through them. 80 functions are shown unless --node-count says otherwise. On a terminal the picture goes ' +
    'to a file, profile001.svg. In the browser, the wheel zooms, dragging moves, 0 shows all of it.\n',
  terminalFile: 'profile.svg',
  rows: picture,
  remarks: ({ remarks }) => remarks,
  text: async (rows) => viewableSvg(await layOut(drawableDot(formatDot(rows)))),
  json: async (rows, report) => (await import('../report/json-reports.js')).graphJson(report, rows),
  markdown: async (rows) => (await import('../table/markdown.js')).markdownCode(formatDot(rows), 'dot'),
});
