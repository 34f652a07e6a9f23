import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Collector } from '../compare/collect.js';
import { type StatJson, statJson } from '../compare/stat-json.js';
import { defaultQuery, parseStatQuery } from '../compare/stat-query.js';
import { buildStatTables } from '../compare/stat-tables.js';
import { ProfError } from '../error.js';
import { mergeProfiles } from '../profile/merge.js';
import { splitList } from '../report/trim-path.js';
import { ConfigFile } from '../web/configs.js';
import { browserCommands, openBrowser } from '../web/open-browser.js';
import { type ListenOptions, listen } from '../web/server.js';
import { siteAnswer } from '../web/site.js';
import { guardedSources } from '../web/sources.js';
import { type Session, Viewer } from '../web/viewer.js';
import type { Call, Command, OptionGroup } from './command.js';
import { interruptible } from './interrupt.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import { type Options, wrongValue } from './options.js';
import { loadCompile } from './patterns.js';
import { ProblemNotes } from './problem-notes.js';
import { isAddress } from './profile-file.js';
import { reportGroups, reportOptions } from './report-flags.js';
import { sourcePathOr } from './source-files.js';
import { readRuns } from './stat-input.js';

const serverGroup: OptionGroup = {
  title: 'Page',
  options: [
    {
      name: 'http',
      value: 'HOST:PORT',
      help: 'listen there (default: 127.0.0.1 and a free port); :PORT and HOST: leave the other as it is',
    },
    { name: 'browser', onByDefault: true, help: 'only print the address' },
    { name: 'html', value: 'FILE', help: 'write all of it into one file instead, to open without prof' },
  ],
};

/** `prof web`: profiles and runs in the browser. */
export const web: Command = {
  name: 'web',
  synopsis: 'web [options] <profile>… | <run>…',
  summary: 'Look at profiles in a browser: flame graph, call graph, tables, source. Runs: side by side.',
  examples: [
    'prof web prof.cpu',
    'prof web --diff-base=prof.cpu.2 prof.cpu.3',
    'prof web mem.3 mem.4',
    'prof web --html=profile.html prof.cpu',
  ],
  groups: [serverGroup, ...reportGroups],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes:
    'The address goes to standard output; Ctrl-C ends the server. A browser is opened from a terminal only, by ' +
    '$BROWSER where it is set. Only this machine is answered, unless --http names another address. Sources are ' +
    'shown from the working folder and from the folders of --source-path. See docs/pictures.md.\n',
  run: runWeb,
};

async function runWeb({ args, options }: Call, io: Io): Promise<number> {
  const place = placeOf(options);
  const files = sorted(args, io);
  const runs = files.runs.length === 0 ? undefined : await readTables(files.runs, io);
  const session = files.profiles.length === 0 ? undefined : await readSession(files.profiles, options, io);
  const html = options.text('html');
  if (html !== undefined) return writeHtml(html, { session, runs }, io);
  const viewer = session && new Viewer(session);
  const fileName = fileNameOf(files.profiles);
  const site = { viewer, runs, configs: new ConfigFile(io.env), fileName };
  return interruptible(async (signal) => {
    const server = await listen(siteAnswer(site), place);
    io.stdout.write(`${server.origin}/\n`);
    // What is asked first is ready by the time that a browser has started; what is wrong with it is told then.
    void viewer?.answer('flame', new URLSearchParams()).catch(() => {});
    if (io.stdout.isTerminal && options.flag('browser', true))
      await openBrowser(`${server.origin}/`, browserCommands(process.platform, io.env));
    await aborted(signal);
    await server.close();
    throw new ProfError('interrupted', 'interrupted');
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** `host:port`, each of which may be missing, and the host in brackets. */
function placeOf(options: Options): ListenOptions {
  const text = options.text('http');
  if (text === undefined) return { host: '127.0.0.1', port: 0 };
  const [, bracketed, plain = '', port = ''] =
    /^(?:\[([\da-f:.]+)\]|([^:[\]]*))(?::(\d*))?$/i.exec(text) ?? [];
  const isWrong =
    (bracketed === undefined && plain === '' && port === '' && text !== ':') || Number(port) > 65535;
  if (isWrong) throw wrongValue('http', text, 'HOST:PORT');
  return { host: bracketed ?? (plain === '' ? '127.0.0.1' : plain), port: Number(port) };
}

/** Which words are runs of benchmarks, told by content, and which are profiles. */
function sorted(words: readonly string[], io: Io): { profiles: string[]; runs: string[] } {
  const isRun = (word: string): boolean => {
    if (word === '-' || isAddress(word)) return false;
    return [word, word.slice(word.indexOf('=') + 1)].some((path) => hasBenchmarks(resolve(io.cwd, path)));
  };
  return { profiles: words.filter((word) => !isRun(word)), runs: words.filter(isRun) };
}

const headBytes = 1 << 16;

/** Whether a file has a line of results near its beginning. */
function hasBenchmarks(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const head = Buffer.alloc(headBytes);
  const file = openSync(path, 'r');
  try {
    return /^Benchmark\S*[ \t]+\d+[ \t]/m.test(head.toString('latin1', 0, readSync(file, head)));
  } finally {
    closeSync(file);
  }
}

async function readTables(words: readonly string[], io: Io): Promise<StatJson> {
  const query = parseStatQuery(defaultQuery, () => () => true);
  const notes = new ProblemNotes(io);
  const collector = new Collector(query, (problem) => notes.note(problem));
  await readRuns(words, collector, io);
  notes.end();
  const { units } = collector.reader;
  const levels = { alpha: 0.05, confidence: 0.95, holm: false };
  return statJson(buildStatTables(collector.finish(), query, { ...levels, units }), units, levels);
}

async function readSession(words: readonly string[], options: Options, io: Io): Promise<Session> {
  const compile = await loadCompile([undefined]);
  const given = reportOptions(options, compile);
  const hasBase = options.has('base') || options.has('diff-base');
  const sourcePath = sourcePathOr(given.sourcePath, io.cwd);
  const own = ['fixtures/', 'dist/'].map((folder) =>
    fileURLToPath(new URL(`../../${folder}`, import.meta.url)),
  );
  const roots = [io.cwd, ...splitList(given.sourcePath).map((folder) => resolve(io.cwd, folder)), ...own];
  return {
    ...(await readProfiles(words, options, { io, hasBase })),
    ...{ title: words.map((word) => basename(word)).join(', '), hasBase, options: given },
    readSource: guardedSources({ roots, sourcePath, trimPath: given.trimPath, cwd: io.cwd }),
  };
}

/** Each profile by itself, for a choice between them, and all as one. */
async function readProfiles(
  words: readonly string[],
  options: Options,
  { io, hasBase }: { readonly io: Io; readonly hasBase: boolean },
): Promise<Pick<Session, 'profiles' | 'whole'>> {
  if (hasBase) {
    const whole = await loadProfile(words, options, io);
    return { whole, profiles: [{ name: words.join(', '), profile: whole }] };
  }
  const profiles = [];
  for (const name of words) profiles.push({ name, profile: await loadProfile([name], options, io) });
  return { profiles, whole: mergeProfiles(profiles.map(({ profile }) => profile)) };
}

function fileNameOf([first = 'profile']: readonly string[]): string {
  return basename(first).replace(/\.(pb|gz|json|cpuprofile|heapprofile)\b/g, '') || 'profile';
}

/** All of it as one file. */
async function writeHtml(
  file: string,
  content: { readonly session: Session | undefined; readonly runs: StatJson | undefined },
  io: Io,
): Promise<number> {
  const { standalonePage } = await import('../web/standalone.js');
  const { writeWhole } = await import('../file/write-whole.js');
  const hint = 'Name a file in a folder that you may write to.';
  writeWhole(resolve(io.cwd, file), await standalonePage(content), { name: file, hint });
  io.stderr.write(`Generating report in ${file}\n`);
  return 0;
}
