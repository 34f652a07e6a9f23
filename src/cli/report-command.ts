import { writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import type { Profile } from '../profile/profile.js';
import type { ReportKind } from '../report/options.js';
import { prepareReport, type Report } from '../report/report.js';
import type { Call, Command } from './command.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import type { Options } from './options.js';
import { loadCompile } from './patterns.js';
import { filterTexts, reportGroups, reportOptions } from './report-flags.js';

/** What a report command has besides what all of them share. */
export interface ReportCommand {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly kind: ReportKind;
  /** What the first word is, where it is a pattern. */
  readonly pattern?: string;
  readonly notes?: string;
  /** The report's text. */
  render(report: Report, context: RenderContext): string | Promise<string>;
}

/** What rendering may need besides the report. */
export interface RenderContext {
  readonly io: Io;
  readonly options: Options;
  /** As read: merged, but neither filtered nor aggregated. */
  readonly profile: Profile;
  /** Empty for reports without a pattern. */
  readonly pattern: string;
  readonly matches: (text: string) => boolean;
}

/** A command of the command line that prints a report of profiles. */
export function reportCommand(spec: ReportCommand): Command {
  const words = spec.pattern === undefined ? '<profile>…' : `<${spec.pattern}> <profile>…`;
  return {
    name: spec.name,
    synopsis: `${spec.name} [options] ${words}`,
    summary: spec.summary,
    examples: spec.examples,
    groups: reportGroups,
    args: { min: spec.pattern === undefined ? 1 : 2, max: Number.POSITIVE_INFINITY },
    ...(spec.notes === undefined ? {} : { notes: spec.notes }),
    run: (call, io) => runReport(spec, call, io),
  };
}

async function runReport(spec: ReportCommand, { args, options }: Call, io: Io): Promise<number> {
  const [pattern = '', ...files] = spec.pattern === undefined ? ['', ...args] : args;
  const compile = await loadCompile([pattern, ...Object.values(filterTexts(options))]);
  const matches = compile(pattern, spec.name);
  const given = reportOptions(options, compile);
  const profile = await loadProfile(files, options, io);
  const warn = (message: string): void => io.stderr.write(`prof: ${message}\n`);
  const report = await prepareReport(profile, { kind: spec.kind, options: given, warn });
  writeReport(await spec.render(report, { io, options, profile, pattern, matches }), options, io);
  return 0;
}

/** Writes a report to standard output, or to the file that `--output` names. */
export function writeReport(text: string, options: Options, io: Io): void {
  const file = options.text('output');
  if (file === undefined || file === '') {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(isAbsolute(file) ? file : join(io.cwd, file), text);
  } catch (cause) {
    throw new ProfError(
      'unwritable',
      `${file}: cannot be written (${systemCode(cause) ?? 'unknown reason'})`,
      {
        cause,
      },
    );
  }
  io.stderr.write(`Generating report in ${file}\n`);
}
