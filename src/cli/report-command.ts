import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProfError } from '../error.js';
import type { Profile } from '../profile/profile.js';
import type { Compile, ReportKind, ReportOptions } from '../report/options.js';
import { prepareReport, type Report } from '../report/report.js';
import type { Command, OptionGroup } from './command.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import { Options } from './options.js';
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
  /** The file that a text which is not for reading goes to, rather than to a terminal. */
  readonly terminalFile?: string;
  rows(report: Report, context: RenderContext): Rows;
  /** What is to be said besides, on standard error. */
  remarks?(rows: Rows): readonly string[];
  /** Options besides those of all reports. */
  readonly groups?: readonly OptionGroup[];
  text(rows: Rows, report: Report, call: TextContext): string | Uint8Array | Promise<string>;
  json(rows: Rows, report: Report): Promise<unknown>;
  /** Absent where Markdown can only show the text as it is. */
  markdown?(rows: Rows): Promise<string>;
}

/** What a text may depend on besides the report: where it goes, and options of the command's own. */
export interface TextContext {
  readonly io: Io;
  readonly options: Options;
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

/** What a report is made from besides a profile. */
export interface RenderRequest {
  readonly options: ReportOptions;
  /** Empty for reports without one. */
  readonly pattern: string;
  readonly compile: Compile;
  readonly io: Io;
  /** Text unless another is asked for. */
  readonly format?: 'text' | 'json' | 'md';
  /** The command line's own, for options of one command; those of the shell have none. */
  readonly given?: Options;
}

/** A command whose report others can make as well, the shell for one. */
export interface ReportingCommand extends Command {
  render(profile: Profile, request: RenderRequest): Promise<string | Uint8Array>;
}

/** Whether a command prints a report of profiles. */
export function isReportingCommand(command: Command): command is ReportingCommand {
  return 'render' in command;
}

/** A command of the command line that prints a report of profiles. */
export function reportCommand<Rows>(spec: ReportCommand<Rows>): ReportingCommand {
  const words = spec.pattern === undefined ? '<profile>…' : `<${spec.pattern}> <profile>…`;
  const render: ReportingCommand['render'] = (profile, request) => renderReport(spec, profile, request);
  return {
    name: spec.name,
    synopsis: `${spec.name} [options] ${words}`,
    summary: spec.summary,
    examples: spec.examples,
    groups: [...(spec.groups ?? []), ...reportGroups, formatGroup],
    args: { min: spec.pattern === undefined ? 1 : 2, max: Number.POSITIVE_INFINITY },
    ...(spec.notes === undefined ? {} : { notes: spec.notes }),
    render,
    run: async ({ args, options }, io) => {
      const [pattern = '', ...files] = spec.pattern === undefined ? ['', ...args] : args;
      const compile = await loadCompile([pattern, ...Object.values(filterTexts(options))]);
      const request = {
        options: reportOptions(options, compile),
        pattern,
        compile,
        io,
        format: formatOf(options),
        given: options,
      };
      // A pattern that is none is told before a file is read.
      compile(pattern, spec.name);
      const content = await render(await loadProfile(files, options, io), request);
      const place = { file: options.text('output'), ...unreadable(spec, request) };
      await writeReport(content, place, io);
      return 0;
    },
  };
}

/** Where a report goes that a terminal cannot show. */
function unreadable<Rows>(
  { terminalFile }: ReportCommand<Rows>,
  { format }: RenderRequest,
): Pick<ReportPlace, 'terminalFile'> {
  return terminalFile === undefined || format !== 'text' ? {} : { terminalFile };
}

function formatOf(options: Options): 'text' | 'json' | 'md' {
  const [json, md] = [options.flag('json'), options.flag('md')];
  if (json && md)
    throw new ProfError('usage', 'conflicting options: --json and --md', { hint: 'Give one of them.' });
  return json ? 'json' : md ? 'md' : 'text';
}

async function renderReport<Rows>(
  spec: ReportCommand<Rows>,
  profile: Profile,
  { options, pattern, compile, io, format, given = noOptions }: RenderRequest,
): Promise<string | Uint8Array> {
  const matches = compile(pattern, spec.name);
  const warn = (message: string): void => io.stderr.write(`prof: ${message}\n`);
  const report = await prepareReport(profile, { kind: spec.kind, options, warn });
  const rows = spec.rows(report, { io, profile, pattern, matches });
  for (const remark of spec.remarks?.(rows) ?? []) warn(remark);
  if (format === 'json') {
    const { formatJson } = await import('../report/json.js');
    return formatJson(await spec.json(rows, report));
  }
  const text = async (): Promise<string | Uint8Array> => spec.text(rows, report, { io, options: given });
  if (format !== 'md') return text();
  if (spec.markdown !== undefined) return spec.markdown(rows);
  const { markdownCode } = await import('../table/markdown.js');
  return markdownCode(String(await text()), spec.name === 'dot' ? 'dot' : '');
}

const noOptions = new Options(new Map());

/** Where a report goes. */
export interface ReportPlace {
  /** Undefined or empty for standard output. */
  readonly file: string | undefined;
  /** A number goes into the file's name: `profile.html` is the first `profileNNN.html` there is not. */
  readonly isNumbered?: boolean;
  /** Takes the place of a terminal, numbered. */
  readonly terminalFile?: string;
}

/**
 * Writes a report to standard output, or to a file, whole or not at all.
 *
 * @throws ProfError `unwritable`
 */
export async function writeReport(content: string | Uint8Array, place: ReportPlace, io: Io): Promise<void> {
  const file = fileOf(content, place, io);
  if (file === undefined) {
    io.stdout.write(content);
    return;
  }
  const { writeWhole } = await import('../file/write-whole.js');
  const hint = 'Name a file in a folder that you may write to.';
  writeWhole(resolve(io.cwd, file), content, { name: file, hint });
  io.stderr.write(`Generating report in ${file}\n`);
}

/** The file to write to, or undefined for standard output. Bytes do not belong on a terminal. */
function fileOf(
  content: string | Uint8Array,
  { file, isNumbered = false, terminalFile }: ReportPlace,
  io: Io,
): string | undefined {
  if (file !== undefined && file !== '') return isNumbered ? numbered(file, io) : file;
  const instead = terminalFile ?? (typeof content === 'string' ? undefined : 'profile.pb.gz');
  return instead !== undefined && io.stdout.isTerminal ? numbered(instead, io) : undefined;
}

function numbered(name: string, io: Io): string {
  for (let i = 1; ; i++) {
    const file = name.replace('.', `${String(i).padStart(3, '0')}.`);
    if (!existsSync(join(io.cwd, file))) return file;
  }
}
