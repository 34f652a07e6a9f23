import { relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findVariant, type Variant } from '../bench/variant.js';
import { ProfError } from '../error.js';
import { runTestFile } from '../run/test-file.js';
import type { Command } from './command.js';
import { interruptible } from './interrupt.js';
import type { Io } from './io.js';
import { programRaceSetup, type RaceSetup, raceOptionSpecs } from './race-options.js';
import { TestOutput } from './test-output.js';

/** `prof test`. */
export const test: Command = {
  name: 'test',
  synopsis: 'test [options] <variant>…',
  summary: 'Run the tests of variants, which are written for node:test.',
  examples: [
    'prof test step1',
    'prof test --race step0',
    'prof test -v --run=server step0 step1',
    'prof test ./src/parser.test.ts',
  ],
  groups: [
    {
      title: 'Tests',
      options: [
        {
          name: 'run',
          value: 'REGEXP',
          help: "run only tests whose name, or that of a test around them, matches; in JavaScript's syntax, as node:test",
        },
        ...raceOptionSpecs,
        { name: 'verbose', short: 'v', help: 'print every test, not just those that fail' },
      ],
    },
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes: 'The exit status is 0 when all tests passed, 1 when one failed, 66 when a data race\nwas found.\n',

  async run({ args, options }, io) {
    const pattern = testPattern(options.text('run'));
    const verbose = options.flag('verbose');
    const race = programRaceSetup('test', options, io);
    const variants = args.map((word) => findVariant(word, io.cwd));
    return interruptible(async (signal) => {
      let failed = false;
      let races = 0;
      for (const variant of variants) {
        const result = await testVariant(variant, { pattern, verbose, race, signal }, io);
        failed = result.failed || failed;
        races += result.races;
      }
      return (races > 0 && race?.options.exitCode) || (failed ? 1 : 0);
    });
  },
};

interface TestOptions {
  readonly pattern: RegExp | undefined;
  readonly verbose: boolean;
  readonly race: RaceSetup | undefined;
  readonly signal: AbortSignal;
}

async function testVariant(variant: Variant, options: TestOptions, io: Io): Promise<VariantResult> {
  if (variant.testFiles.length === 0) {
    io.stdout.write(`?   ${variant.name} [no test files]\n`);
    return { failed: false, races: 0 };
  }
  const start = performance.now();
  const files: FileResult[] = [];
  for (const file of variant.testFiles) files.push(await testFile(file, options, io));
  const failed = files.some((file) => file.failed);
  const none = files.every((file) => file.count === 0) && !failed;
  if (none && options.pattern !== undefined) {
    io.stderr.write(`prof: ${variant.label}: no test matches "${options.pattern.source}"\n`);
  }
  const time = `${variant.name}  ${seconds(start).toFixed(2)}s${none ? ' [no tests to run]' : ''}\n`;
  const verdict = failed ? 'FAIL\n' : options.verbose ? 'PASS\n' : '';
  io.stdout.write(`${verdict}${failed ? 'FAIL' : 'ok'}  ${time}`);
  return { failed, races: files.reduce((sum, file) => sum + file.races, 0) };
}

interface VariantResult {
  /** Whether a test failed. */
  readonly failed: boolean;
  /** Data races that were found. */
  readonly races: number;
}

interface FileResult extends VariantResult {
  /** How many tests ran. */
  readonly count: number;
}

async function testFile(
  file: string,
  { pattern, verbose, race, signal }: TestOptions,
  io: Io,
): Promise<FileResult> {
  const output = new TestOutput({ verbose });
  const print = (text: string): void => {
    if (text !== '') io.stdout.write(text);
  };
  const start = performance.now();
  const end = await runTestFile({
    file,
    cwd: io.cwd,
    env: race?.env ?? io.env,
    pattern,
    hooks: race?.hooks ?? {},
    signal,
    onEvent: (event) => print(output.add(event)),
  });
  signal.throwIfAborted();
  print(output.finish({ file: relative(io.cwd, file), end, seconds: seconds(start) }));
  // At its first race the process has ended before it could count.
  const { haltOnError, exitCode } = race?.options ?? {};
  const isHalted = haltOnError === true && end.kind === 'exited' && end.status === exitCode;
  return { failed: output.failed, count: output.count, races: output.races || Number(isHalted) };
}

function seconds(start: number): number {
  return (performance.now() - start) / 1000;
}

/** @throws ProfError `usage` */
function testPattern(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined;
  try {
    // RE2's way to ignore case, which JavaScript does not know.
    return text.startsWith('(?i)') ? new RegExp(text.slice(4), 'i') : new RegExp(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    throw new ProfError('usage', `--run: "${text}" is not a regular expression: ${reason}`, { cause: error });
  }
}
