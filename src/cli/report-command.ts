import { existsSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import type { Profile } from '../profile/profile.js';
import type { ReportKind } from '../report/options.js';
import { prepareReport, type Report } from '../report/report.js';
import type { Call, Command, OptionGroup } from './command.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import type { Options } from './options.js';
import { loadCompile } from './patterns.js';
import { filterTexts, reportGroups, reportOptions } from './report-flags.js';

/** What a report command has besides what all of them share: how its rows are made and printed. */
export interface ReportCommand<Rows> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly kind: ReportKind;
  /** What the first word is, where it is a pattern. */
  readonly pattern?: string;
  readonly notes?: string;
  rows(report: Report, context: RenderContext): Rows;
  text(rows: Rows, report: Report): string | Uint8Array;
  json(rows: Rows, report: Report): Promise<unknown>;
  /** Absent where Markdown can only show the text as it is. */
  markdown?(rows: Rows): Promise<string>;
}

/** What rendering may need besides the report. */
export interface RenderContext {
  readonly io: Io;
  /** As read: merged, but neither filtered nor aggregated. */
  readonly profile: Profile;
  /** Empty for reports without a pattern. */
  readonly pattern: string;
  readonly matches: (text: string) => boolean;
}

const formatGroup: OptionGroup = {
  title: 'Format',
  options: [
    { name: 'json', help: 'print JSON (shapes: docs/formats.md)' },
    { name: 'md', help: 'print Markdown' },
  ],
};

/** A command of the command line that prints a report of profiles. */
export function reportCommand<Rows>(spec: ReportCommand<Rows>): Command {
  const words = spec.pattern === undefined ? '<profile>…' : `<${spec.pattern}> <profile>…`;
  return {
    name: spec.name,
    synopsis: `${spec.name} [options] ${words}`,
    summary: spec.summary,
    examples: spec.examples,
    groups: [...reportGroups, formatGroup],
    args: { min: spec.pattern === undefined ? 1 : 2, max: Number.POSITIVE_INFINITY },
    ...(spec.notes === undefined ? {} : { notes: spec.notes }),
    run: (call, io) => runReport(spec, call, io),
  };
}

async function runReport<Rows>(spec: ReportCommand<Rows>, { args, options }: Call, io: Io): Promise<number> {
  const [pattern = '', ...files] = spec.pattern === undefined ? ['', ...args] : args;
  const compile = await loadCompile([pattern, ...Object.values(filterTexts(options))]);
  const matches = compile(pattern, spec.name);
  const given = reportOptions(options, compile);
  const profile = await loadProfile(files, options, io);
  const warn = (message: string): void => io.stderr.write(`prof: ${message}\n`);
  const report = await prepareReport(profile, { kind: spec.kind, options: given, warn });
  const rows = spec.rows(report, { io, profile, pattern, matches });
  writeReport(await formatReport(spec, { rows, report, options }), options, io);
  return 0;
}

async function formatReport<Rows>(
  spec: ReportCommand<Rows>,
  { rows, report, options }: { rows: Rows; report: Report; options: Options },
): Promise<string | Uint8Array> {
  if (options.flag('json') && options.flag('md'))
    throw new ProfError('usage', 'conflicting options: --json and --md', { hint: 'Give one of them.' });
  if (options.flag('json')) {
    const { formatJson } = await import('../report/json.js');
    return formatJson(await spec.json(rows, report));
  }
  if (!options.flag('md')) return spec.text(rows, report);
  if (spec.markdown !== undefined) return spec.markdown(rows);
  const { markdownCode } = await import('../report/markdown.js');
  return markdownCode(String(spec.text(rows, report)), spec.name === 'dot' ? 'dot' : '');
}

/** Writes a report to standard output, or to the file that `--output` names. */
export function writeReport(content: string | Uint8Array, options: Options, io: Io): void {
  const file = options.text('output') || defaultFile(content, io);
  if (file === undefined) {
    io.stdout.write(content);
    return;
  }
  try {
    writeFileSync(isAbsolute(file) ? file : join(io.cwd, file), content);
  } catch (cause) {
    throw new ProfError(
      'unwritable',
      `${file}: cannot be written (${systemCode(cause) ?? 'unknown reason'})`,
      {
        cause,
        hint: 'Name a file in a folder that you may write to.',
      },
    );
  }
  io.stderr.write(`Generating report in ${file}\n`);
}

/** Bytes do not belong on a terminal: the first `profileNNN.pb.gz` that there is not yet. */
function defaultFile(content: string | Uint8Array, io: Io): string | undefined {
  if (typeof content === 'string' || !io.stdout.isTerminal) return undefined;
  for (let i = 1; ; i++) {
    const name = `profile${String(i).padStart(3, '0')}.pb.gz`;
    if (!existsSync(join(io.cwd, name))) return name;
  }
}
