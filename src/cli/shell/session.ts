import { formatError, ProfError } from '../../error.js';
import type { Profile } from '../../profile/profile.js';
import { sampleIndex } from '../../profile/sample-index.js';
import { profileLabels } from '../../report/labels.js';
import type { Compile } from '../../report/options.js';
import { formatterFor, prepareReport } from '../../report/report.js';
import { getCommand } from '../commands.js';
import type { Io } from '../io.js';
import { isReportingCommand, writeReport } from '../report-command.js';
import { getChoice, getField, type ShellConfig } from './config.js';
import { helpText, optionsText } from './help.js';
import { parseShellCall, shellCommands } from './line.js';

/** A profile being looked at. */
export interface Session {
  readonly profile: Profile;
  readonly config: ShellConfig;
  readonly compile: Compile;
  readonly io: Io;
}

/** What the shell says first: what the profile is. */
export async function greet({ profile, config, compile, io }: Session): Promise<void> {
  const options = { ...config.toOptions(compile), nodeCount: 0 };
  const report = await prepareReport(profile, { kind: 'comments', options, warn: () => {} });
  const labels = profileLabels(report, formatterFor(report, options.unit));
  io.stderr.write(`${labels.join('\n')}\n`);
  if (report.total === 0n && profile.sampleTypes.length > 1)
    io.stderr.write(
      'No samples were found with the default sample value type.\nTry "sample_index" command to analyze different sample values.\n\n',
    );
  io.stderr.write('Entering interactive mode (type "help" for commands, "o" for options)\n');
}

/** Does what a line of the shell says; errors go to standard error. Returns whether to go on. */
export async function runLine(session: Session, line: string): Promise<boolean> {
  for (const command of expandShortcut(session.profile, line.trim())) {
    try {
      if (!(await runCommand(session, command))) return false;
    } catch (error) {
      if (!(error instanceof ProfError)) throw error;
      session.io.stderr.write(formatError(error));
    }
  }
  return true;
}

/** `:` clears the filters; a sample type chooses itself, `total_` and `mean_` before it how. */
function expandShortcut({ sampleTypes }: Profile, line: string): string[] {
  if (line === ':') return ['focus=', 'ignore=', 'hide=', 'tagfocus=', 'tagignore='];
  for (const { type } of sampleTypes) {
    if (line === type) return [`sample_index=${type}`];
    if (line === `total_${type}`) return ['mean=0', `sample_index=${type}`];
    if (line === `mean_${type}`) return ['mean=1', `sample_index=${type}`];
  }
  return [line];
}

async function runCommand(session: Session, line: string): Promise<boolean> {
  if (assign(session, line)) return true;
  const words = line.split(/\s+/).filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return true;
  if (first === 'exit' || first === 'quit' || first === 'q') return false;
  if (first === 'o' || first === 'options')
    session.io.stderr.write(optionsText(session.config, session.profile));
  else if (first === 'help') session.io.stderr.write(helpText(words.slice(1).join(' ')));
  else await runReport(session, words);
  return true;
}

/** Sets a variable if the line is `name=value` or a word that stands alone for one. */
function assign({ profile, config }: Session, line: string): boolean {
  const at = line.indexOf('=');
  const name = (at < 0 ? line : line.slice(0, at)).trim();
  const field = getField(name);
  if (field === undefined && getChoice(name) === undefined) return false;
  if (at < 0 && field !== undefined && field.kind !== 'bool')
    throw new ProfError('usage', `please specify a value, e.g. ${field.name}=<val>`);
  const value = at < 0 ? '' : withoutComment(line.slice(at + 1)).trim();
  if (field?.name === 'sample_index') {
    const type = profile.sampleTypes[sampleIndex(profile, value)];
    config.set(field.name, type?.type ?? '');
  } else config.set(name, value);
  return true;
}

/** A comment begins with `//:`. */
function withoutComment(value: string): string {
  const at = value.lastIndexOf('//:');
  return at < 0 ? value : value.slice(0, at);
}

async function runReport({ profile, config, compile, io }: Session, words: readonly string[]): Promise<void> {
  const name = words[0]?.replace(/\d+$/, '') ?? '';
  if (!shellCommands.has(words[0] ?? '') && !shellCommands.has(name)) didYouMean(words);
  const call = parseShellCall(words, config);
  const command = await getCommand(call.command)?.load();
  if (command === undefined || !isReportingCommand(command)) throw new TypeError(`no report ${call.command}`);
  const options = call.config.toOptions(compile);
  const content = await command.render(profile, { options, pattern: call.pattern, compile, io });
  const file = call.config.get('output');
  const instead = fileInstead(call.command);
  await writeReport(content, file === '' ? { file: instead, isNumbered: true } : { file }, io);
}

function didYouMean(words: readonly string[]): void {
  const [first = '', value = '<val>'] = words;
  const field = getField(first);
  if (field !== undefined) throw new ProfError('usage', `did you mean: ${field.name}=${value}`);
}

/** What is not for reading goes to a file. */
function fileInstead(
  command: string,
): 'profile.callgraph.out' | 'profile.pb.gz' | 'profile.svg' | 'profile.html' | undefined {
  if (command === 'callgrind') return 'profile.callgraph.out';
  if (command === 'proto' || command === 'topproto') return 'profile.pb.gz';
  if (command === 'svg') return 'profile.svg';
  return command === 'weblist' ? 'profile.html' : undefined;
}
