import { ByteTable } from '../benchfmt/byte-table.js';
import { type Comparison, compareRuns } from '../compare/benchcmp.js';
import { formatCmpSection, formatIgnored } from '../compare/format-cmp.js';
import { type RunProblem, RunReader } from '../compare/parse-run.js';
import type { Run } from '../compare/run.js';
import { ProfError } from '../error.js';
import type { Call, Command } from './command.js';
import { gateGroup, gateRules, levelOf, passGate } from './gate-options.js';
import type { Io } from './io.js';
import { ProblemNotes } from './problem-notes.js';
import { readPieces } from './read-input.js';
import { noResults, runKind } from './run-kind.js';
import { writePieces } from './write-pieces.js';

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
  const names = new ByteTable();
  const runs = [await readRun(oldFile, names, io), await readRun(newFile, names, io)] as const;
  const comparison = compareRuns(...runs, {
    best: options.flag('best'),
    changed: options.flag('changed'),
    mag: options.flag('mag'),
  });
  if (comparison.pairCount === 0) throw nothingCommon(oldFile, newFile, runs);
  for (const each of comparison.ignored) io.stderr.write(formatIgnored(each));
  const count = await print(comparison, { json: options.flag('json') }, io);
  if (count === 0) io.stderr.write(options.flag('changed') ? unchangedNote : unmeasuredNote);
  if (rules !== undefined) {
    const { judgeRuns } = await import('../compare/cmp-gate.js');
    passGate(judgeRuns(...runs, rules), rules, io);
  }
  return 0;
}

/** As much of a file's beginning as tells what it is. */
const headSize = 4096;

async function readRun(file: string, names: ByteTable, io: Io): Promise<Run> {
  const problems: RunProblem[] = [];
  const reader = new RunReader((problem) => problems.push(problem), names);
  let head: Uint8Array = new Uint8Array();
  await readPieces(file, io, runKind, (piece) => {
    if (head.length < headSize) head = Buffer.concat([head, piece.subarray(0, headSize)]);
    reader.push(piece);
  });
  const run = reader.end();
  if (run.size === 0) throw noResults(file, head);
  const notes = new ProblemNotes(io);
  for (const problem of problems) notes.note({ file, ...problem });
  notes.end();
  return run;
}

function nothingCommon(oldFile: string, newFile: string, [before, after]: readonly [Run, Run]): ProfError {
  const counts = after.counts();
  const isUneven = before.counts().some((count, name) => count > 0 && (counts[name] ?? 0) > 0);
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
  const names = Array.from(run.firsts(), (first) => run.names.text(run.nameId(first)));
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join(', ') + more;
}

/** Prints the sections; returns how many there are. */
async function print(comparison: Comparison, { json }: { json: boolean }, io: Io): Promise<number> {
  const { isTerminal, color, columns } = io.stdout;
  if (json) {
    const { cmpJson } = await import('../compare/cmp-json.js');
    const shape = cmpJson(comparison);
    io.stdout.write(`${JSON.stringify(shape, null, 2)}\n`);
    return shape.sections.length;
  }
  let count = 0;
  const { formatCmpBoxes } = isTerminal || color ? await import('../compare/cmp-box.js') : {};
  for (const section of comparison.sections) {
    if (formatCmpBoxes !== undefined) {
      io.stdout.write((count > 0 ? '\n' : '') + formatCmpBoxes([section], { color, columns }));
    } else await writePieces(formatCmpSection(section), io.stdout);
    count++;
  }
  return count;
}
