import type { Call, Command } from './command.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import type { Options } from './options.js';
import { loadCompile } from './patterns.js';
import { reportGroups } from './report-flags.js';
import { ShellConfig, shellFields } from './shell/config.js';
import { greet } from './shell/session.js';
import { runScript, runTerminal } from './shell/terminal.js';

/** `prof shell`: pprof's interactive prompt. */
export const shell: Command = {
  name: 'shell',
  synopsis: 'shell [options] <profile>…',
  summary: 'Look at profiles at a prompt: type reports and options, with completion and history.',
  examples: ['prof shell prof.cpu', 'prof prof.cpu', "echo 'top10 -cum' | prof shell prof.cpu"],
  groups: reportGroups,
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes:
    'Tab completes commands, variables with their values, and functions. Ctrl-C takes a\nline back and, on an empty one, leaves, as Ctrl-D does. What was typed is kept in\n~/.local/state/prof/history.\n',
  run: runShell,
};

async function runShell({ args, options }: Call, io: Io): Promise<number> {
  const profile = await loadProfile(args, options, io);
  const session = { profile, config: initialConfig(options), compile: await loadCompile([undefined]), io };
  await greet(session);
  if (process.stdin.isTTY === true && io.stdout.isTerminal) await runTerminal(session);
  else await runScript(session, Buffer.from(await io.readStdin()).toString('utf8'));
  return 0;
}

/** The variables as the command line sets them; headers are short in the shell. */
function initialConfig(options: Options): ShellConfig {
  const config = new ShellConfig();
  config.set('compact_labels', 'true');
  for (const { name, kind, choices = [] } of shellFields) {
    const option = optionFor(name);
    const value = options.text(option);
    if (value !== undefined) config.set(name, value);
    else if (kind === 'bool' && options.has(option)) config.set(name, String(flagOf(options, name, option)));
    for (const choice of choices) if (options.flag(choice)) config.set(choice, '');
  }
  return config;
}

/** The command line says `--no-inlines` where the shell says `noinlines=true`. */
function flagOf(options: Options, name: string, option: string): boolean {
  return name === 'noinlines' ? !options.flag(option, true) : options.flag(option);
}

const optionNames: Readonly<Record<string, string>> = {
  noinlines: 'inlines',
  nodecount: 'node-count',
  nodefraction: 'node-fraction',
  edgefraction: 'edge-fraction',
  showcolumns: 'show-columns',
  tagroot: 'tag-root',
  tagleaf: 'tag-leaf',
  tagfocus: 'tag-focus',
  tagignore: 'tag-ignore',
  tagshow: 'tag-show',
  taghide: 'tag-hide',
};

function optionFor(name: string): string {
  return optionNames[name] ?? name.replaceAll('_', '-');
}
