import { parseFailOver } from '../compare/fail-over.js';
import { formatRegression, type GateReport, type GateRules, leastForGate } from '../compare/gate.js';
import { ProfError } from '../error.js';
import type { OptionGroup } from './command.js';
import type { Io } from './io.js';
import { type Options, wrongValue } from './options.js';

/** The options of commands that can fail where something got worse. */
export const gateGroup: OptionGroup = {
  title: 'Gate',
  options: [
    {
      name: 'fail-over',
      value: 'LIMITS',
      repeatable: true,
      help: 'exit with 3 where a metric got worse by more than 5%, or ns/op=5%,allocs/op=0',
    },
    { name: 'gate-single', help: 'judge single results of all metrics, not of B/op and allocs/op only' },
  ],
};

/** A chance on the command line, 0 to 1; undefined where it was not given. */
export function levelOf(options: Options, name: string): number | undefined {
  const value = options.number(name);
  if (value === undefined || (value >= 0 && value <= 1)) return value;
  throw wrongValue(name, options.text(name) ?? '', 'a number from 0 to 1');
}

/** The rules on the command line, or undefined where nothing is gated. */
export function gateRules(options: Options, alpha: number): GateRules | undefined {
  const texts = options.list('fail-over');
  if (texts.length > 0) return { failOver: parseFailOver(texts), alpha, single: options.flag('gate-single') };
  if (options.flag('gate-single')) throw new ProfError('usage', '--gate-single needs --fail-over');
  return undefined;
}

/**
 * Tells what could not be judged, and fails where something got worse.
 *
 * @throws ProfError `regression`; `bad-bench` where there was nothing to judge, so that a gate never passes for want of
 *   results
 */
export function passGate(report: GateReport, { failOver }: GateRules, io: Io): void {
  const { judged, failed, undecided, unknown } = report;
  for (const unit of unknown) io.stderr.write(unknownNote(unit));
  if (judged === 0) {
    throw new ProfError('bad-bench', '--fail-over: there is nothing to judge', {
      hint: 'No benchmark has a metric with a limit in both runs.',
    });
  }
  if (undecided.length > 0) io.stderr.write(undecidedNote(undecided.map(formatRegression)));
  if (failed.length === 0) return;
  const what = failed.length === 1 ? '1 metric' : `${failed.length} metrics`;
  const limits = failOver.length === 1 ? 'the limit' : 'their limits';
  const hint = failed.map(formatRegression).join('\n');
  throw new ProfError('regression', `${what} got worse by more than ${limits}`, { hint });
}

function unknownNote(unit: string): string {
  return (
    `prof: --fail-over: whether less or more ${unit} is better is not known\n` +
    `  Say it in the run: Unit ${unit} better=lower\n`
  );
}

function undecidedNote(lines: readonly string[]): string {
  const need = `too few results to tell from chance; ${leastForGate} on each side are needed`;
  return `prof: worse than the limit, but not judged (${need}):\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
