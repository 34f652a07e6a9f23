import { ProfError } from '../error.js';
import { makeCompatible } from '../profile/compatible.js';
import type { Profile } from '../profile/profile.js';
import { diffRows } from '../report/diff.js';
import type { Diff } from '../report/format-diff.js';
import { operationsOf } from '../report/operations.js';
import { profileCosts } from '../report/profile-costs.js';
import type { Call, Command } from './command.js';
import { levelOf } from './gate-options.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { loadCompile } from './patterns.js';
import { readProfile } from './profile-file.js';
import { filterTexts, reportGroups, reportOptions } from './report-flags.js';

const ownOptions = new Set(['base', 'diff-base', 'normalize', 'output', 'add-comment', 'trim', 'call-tree']);

/** Compares functions of several profiles on each side. */
export const diff: Command = {
  name: 'diff',
  synopsis: 'diff [options] <old profile>… <new profile>…',
  summary: 'Compare the functions of several profiles on each side, and tell what has changed from noise.',
  examples: [
    'prof diff old.cpu.* new.cpu.*',
    'prof diff --cum --md old.cpu.* new.cpu.*',
    'prof diff --base=a.cpu --base=b.cpu --base=c.cpu --base=d.cpu new.cpu.*',
  ],
  groups: [
    {
      title: 'Judge',
      options: [
        {
          name: 'base',
          value: 'PROFILE',
          repeatable: true,
          help: 'an old profile; all words are new ones then',
        },
        { name: 'alpha', value: 'P', help: 'a difference counts up to this adjusted p-value (0.05)' },
        { name: 'confidence', value: 'LEVEL', help: 'confidence of the intervals (0.95)' },
      ],
    },
    ...reportGroups.map(({ title, options }) => {
      return { title, options: options.filter(({ name }) => !ownOptions.has(name)) };
    }),
    {
      title: 'Format',
      options: [
        { name: 'json', help: 'print JSON (shape: docs/formats.md)' },
        { name: 'md', help: 'print Markdown' },
      ],
    },
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes:
    'The first half of the profiles are the old ones, the second half the new ones, unless the old ones are given with ' +
    '--base. Each has to be of a run of its own: p-values and intervals are those between runs. 4 on each side are the least ' +
    'that can differ, 10 are a good number. Costs are those of one operation where the profiles say how many there were, as ' +
    'those of `prof bench` do, else shares of the total. See docs/statistics.md.',
  run,
};

async function run({ args, options }: Call, io: Io): Promise<number> {
  const [olds, news] = sidesOf(args, options);
  const alpha = levelOf(options, 'alpha') ?? 0.05;
  const confidence = levelOf(options, 'confidence') ?? 0.95;
  const profiles: Profile[] = [];
  for (const file of [...olds, ...news]) profiles.push(await readProfile(file, io));
  const alike = makeCompatible(profiles);
  // Benchmarks of one profile are told apart by a pattern.
  const patterns = profiles.some((profile) => operationsOf(profile).size > 1) ? [undefined] : [];
  const compile = await loadCompile([...Object.values(filterTexts(options)), ...patterns]);
  const report = reportOptions(options, compile);
  const warn = (message: string): void => io.stderr.write(`prof: ${message}\n`);
  const { unit, costs } = await profileCosts(alike, { options: report, warn });
  const [before, after] = [costs.slice(0, olds.length), costs.slice(olds.length)];
  const rows = diffRows(before, after, { alpha, confidence, nodeFraction: report.nodeFraction });
  const sizes = [before.length, after.length] as const;
  if (Math.max(...sizes) < 4) {
    warn(
      `${sizes[0]} and ${sizes[1]} profiles are too few to tell a difference from noise; 4 on each side are the least`,
    );
  }
  const shown = report.nodeCount > 0 ? rows.slice(0, report.nodeCount) : rows;
  io.stdout.write(await formatted({ unit, sizes, confidence, rows: shown }, { alpha, options }));
  return 0;
}

/** The old profiles and the new ones. */
function sidesOf(args: readonly string[], options: Options): [readonly string[], readonly string[]] {
  const base = options.list('base');
  if (base.length > 0) return [base, args];
  if (args.length % 2 === 0) return [args.slice(0, args.length / 2), args.slice(args.length / 2)];
  throw new ProfError('usage', `diff: ${args.length} profiles cannot be halved into old and new ones`, {
    hint: 'Give as many new profiles as old ones, or each old one with --base.',
  });
}

async function formatted(
  diff: Diff,
  { alpha, options }: { readonly alpha: number; readonly options: Options },
): Promise<string> {
  const { diffMarkdown, formatDiff } = await import('../report/format-diff.js');
  if (!options.flag('json')) return options.flag('md') ? diffMarkdown(diff) : formatDiff(diff);
  const { diffJson } = await import('../report/diff-json.js');
  return `${JSON.stringify(diffJson(diff, alpha), null, 2)}\n`;
}
