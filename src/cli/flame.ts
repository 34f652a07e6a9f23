import { type Flame, flameOf } from '../report/flame.js';
import { formatFlame } from '../report/flame-text.js';
import type { Command } from './command.js';
import { boxLook } from './flame/paint.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import { type Options, wrongValue } from './options.js';
import { loadCompile } from './patterns.js';
import { type ReportingCommand, reportCommand } from './report-command.js';
import { filterTexts, reportOptions } from './report-flags.js';

const leastColumns = 20;
const mostColumns = 10_000;

/** The static picture, for the terminal, a pipe, or JSON. */
const picture: ReportingCommand = reportCommand<Flame>({
  name: 'flame',
  kind: 'flame',
  summary: 'Draw a flame graph in the terminal: a row for each depth, callers above what they call.',
  examples: [
    'prof flame prof.cpu',
    'prof flame -i prof.cpu',
    'prof flame --focus=parse --width=160 prof.cpu',
    'prof flame --diff-base=prof.cpu.2 prof.cpu.3',
  ],
  notes:
    'The wider a box, the more was spent in the function and all that it calls; the gap below its right end is what it ' +
    'spent itself. Colours are packages: own code, each npm package, node:, native code, garbage collection; in a ' +
    'difference red is more and blue is less. Boxes narrower than a column are left out. With -i: arrow keys walk, ' +
    'Enter zooms in, Backspace out, / searches, n finds the next, r resets, q leaves.\n',
  groups: [
    {
      title: 'Picture',
      options: [
        { name: 'interactive', short: 'i', help: 'walk through it with the arrow keys' },
        { name: 'html', value: 'FILE', help: 'write it as a page instead, as `prof web` does' },
        { name: 'width', value: 'N', help: 'columns (default: those of the terminal, $COLUMNS, else 80)' },
      ],
    },
  ],
  rows: flameOf,
  text: async (flame, report, { io, options }) => {
    const columns = columnsOf(options, io);
    return formatFlame(flame, report, { columns, ...(await boxLook(io)) });
  },
  json: async (flame, report) => (await import('../report/flame-json.js')).flameJson(flame, report),
});

/** `prof flame`: a flame graph in the terminal. */
export const flame: Command = {
  ...picture,
  run: async (call, io) => {
    if (call.options.text('width') !== undefined) columnsOf(call.options, io);
    if (call.options.has('html')) return (await import('./web.js')).web.run(call, io);
    if (!call.options.flag('interactive')) return picture.run(call, io);
    const { walkThrough } = await import('./flame/terminal.js');
    const compile = await loadCompile([undefined, ...Object.values(filterTexts(call.options))]);
    const profile = await loadProfile(call.args, call.options, io);
    return walkThrough(profile, { options: reportOptions(call.options, compile), io });
  },
};

function columnsOf(options: Options, io: Io): number {
  const given = options.integer('width', leastColumns);
  if (given !== undefined && given > mostColumns)
    throw wrongValue('width', String(given), `${mostColumns} or less`);
  const named = Number(io.env['COLUMNS']);
  const own = io.stdout.isTerminal ? io.stdout.columns : Number.isInteger(named) && named > 0 ? named : 80;
  return given ?? Math.max(leastColumns, Math.min(own, mostColumns));
}
