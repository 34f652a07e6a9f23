import { decodeBenchText } from '../benchfmt/bench-text.js';
import { type Comparison, compareRuns } from '../compare/benchcmp.js';
import { formatCmp, formatIgnored } from '../compare/format-cmp.js';
import { parseRun, type Run } from '../compare/parse-run.js';
import { ProfError } from '../error.js';
import type { Call, Command } from './command.js';
import { gateGroup, gateRules, levelOf, passGate } from './gate-options.js';
import type { Io } from './io.js';
import { readInput } from './read-input.js';
import { noResults, runKind } from './run-kind.js';

/** Compares two saved runs, benchmark by benchmark. */
export const command: Command = {
  name: 'cmp',
  synopsis: 'cmp [options] <old> <new>',
  summary: 'Compare two runs of `prof bench` (or of `go test -bench`): time, speed, allocations, bytes.',
  examples: [
    'prof cmp mem.3 mem.4',
    'prof cmp --changed --mag old.txt new.txt',
    'prof cmp --fail-over=allocs/op=0 mem.3 mem.4',
    'prof cmp --json mem.3 mem.4',
  ],
  groups: [
    {
      title: 'Select and order',
      options: [
        { name: 'best', help: 'compare the fastest result of each benchmark (default: all, one by one)' },
        { name: 'changed', help: 'show only benchmarks that have changed' },
        { name: 'mag', help: 'sort by how much has changed (default: order of <old>)' },
      ],
    },
    {
      title: gateGroup.title,
      options: [
        ...gateGroup.options,
        { name: 'alpha', value: 'P', help: 'where results are repeated, fail up to this p-value (0.05)' },
      ],
    },
    { title: 'Output', options: [{ name: 'json', help: 'print JSON, see docs/formats.md' }] },
  ],
  args: { min: 2, max: 2 },
  notes:
    'Results of one name are compared in their order, the first with the first; a benchmark that the two ' +
    'runs have a different number of times is left out with a note. Differences of a few percent between ' +
    'single results say little: repeat with `prof bench --count=10` and use `prof stat`.',
  run,
};

const unchangedNote = 'prof: no value has changed\n';
const unmeasuredNote = 'prof: no metric is measured in both runs\n';

async function run({ args: [oldFile = '', newFile = ''], options }: Call, io: Io): Promise<number> {
  if (oldFile === '-' && newFile === '-') {
    throw new ProfError('usage', 'cmp: "-" stands for both runs', { hint: 'Give one of them as a file.' });
  }
  const rules = gateRules(options, levelOf(options, 'alpha') ?? 0.05);
  const runs = [await readRun(oldFile, io), await readRun(newFile, io)] as const;
  const comparison = compareRuns(...runs, {
    best: options.flag('best'),
    changed: options.flag('changed'),
    mag: options.flag('mag'),
  });
  if (comparison.pairCount === 0) throw nothingCommon(oldFile, newFile, runs);
  for (const each of comparison.ignored) io.stderr.write(formatIgnored(each));
  if (comparison.sections.length === 0)
    io.stderr.write(options.flag('changed') ? unchangedNote : unmeasuredNote);
  io.stdout.write(await formatted(comparison, { json: options.flag('json') }, io));
  if (rules !== undefined) {
    const { judgeRuns } = await import('../compare/cmp-gate.js');
    passGate(judgeRuns(...runs, rules), rules, io);
  }
  return 0;
}

async function readRun(file: string, io: Io): Promise<Run> {
  const bytes = await readInput(file, io, runKind);
  const run = parseRun(decodeBenchText(bytes));
  if (run.size > 0) return run;
  throw noResults(file, bytes);
}

function nothingCommon(oldFile: string, newFile: string, [before, after]: readonly [Run, Run]): ProfError {
  const isUneven = [...before.keys()].some((name) => after.has(name));
  if (isUneven) {
    return new ProfError(
      'bad-bench',
      `${oldFile} and ${newFile}: no benchmark is as often in one as in the other`,
      {
        hint: 'Use --best to compare the fastest result of each benchmark.',
      },
    );
  }
  return new ProfError('bad-bench', `${oldFile} and ${newFile} have no benchmark in common`, {
    hint: `${oldFile} has ${someNames(before)}.\n${newFile} has ${someNames(after)}.`,
  });
}

function someNames(run: Run): string {
  const names = [...run.keys()];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join(', ') + more;
}

async function formatted(comparison: Comparison, { json }: { json: boolean }, io: Io): Promise<string> {
  const { isTerminal, color, columns } = io.stdout;
  if (json) {
    const { cmpJson } = await import('../compare/cmp-json.js');
    return `${JSON.stringify(cmpJson(comparison), null, 2)}\n`;
  }
  if (!isTerminal && !color) return formatCmp(comparison.sections);
  const { formatCmpBoxes } = await import('../compare/cmp-box.js');
  return formatCmpBoxes(comparison.sections, { color, columns });
}
