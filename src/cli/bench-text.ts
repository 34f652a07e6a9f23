import { pathName } from '../bench/names.js';
import { benchResult } from '../bench/result.js';
import type { Measured } from '../bench/session.js';
import { type BenchResult, formatResult } from '../benchfmt/format-result.js';
import { formatRunEnd, formatRunHeader } from '../benchfmt/format-run.js';
import { formatStamp } from '../benchfmt/stamp.js';
import { hasFailed, type VariantRun } from './bench-run.js';

/** A run as its file has it. */
export function runText(run: VariantRun): string {
  const lines = run.results.map((measured) => resultLine(run, measured)).join('');
  const stamp = run.stamp === undefined ? '' : formatStamp(run.stamp);
  return `${formatRunHeader(run.config)}${stamp}${lines}${runEnd(run)}`;
}

/** The lines that end a run. */
export function runEnd(run: VariantRun): string {
  return formatRunEnd({ name: run.variant.name, seconds: run.millis / 1000, failed: hasFailed(run) });
}

/** What one repetition of a benchmark came to, as a line or two. */
export function resultLine(run: VariantRun, measured: Measured): string {
  const name = pathName(measured.target.path);
  switch (measured.kind) {
    case 'measured': {
      const result: BenchResult = benchResult(name, measured.timed, measured.allocs);
      return `${formatResult(result, nameWidth(run))}\n`;
    }
    case 'skipped':
      return `--- SKIP: ${name}\n${measured.reason === '' ? '' : `    ${measured.reason}\n`}`;
    case 'failed':
      return `--- FAIL: ${name}\n    ${measured.message.replace(/\n/g, '\n    ')}\n`;
  }
}

function nameWidth({ targets }: VariantRun): number {
  return Math.max(...targets.map(({ path }) => [...pathName(path)].length));
}
