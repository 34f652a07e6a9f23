import type { RaceReport, ReportedFrame } from './report.js';

/** A line of a suppression file: races to say nothing of. */
export interface Suppression {
  /** `race` looks at every frame of both accesses, `race_top` at the innermost ones. */
  readonly kind: 'race' | 'race_top';
  readonly pattern: RegExp;
}

/**
 * Reads a file of suppressions: lines `race:PATTERN` and `race_top:PATTERN`, where `*` stands for anything, `^` and
 * `$` for the ends; `#` starts a comment. What is no such line is left out.
 */
export function parseSuppressions(text: string): Suppression[] {
  return text.split(/\r?\n/).flatMap((line): Suppression[] => {
    const [, kind, pattern = ''] = /^\s*(race|race_top):(.+?)\s*$/.exec(line) ?? [];
    return kind === 'race' || kind === 'race_top' ? [{ kind, pattern: toRegExp(pattern) }] : [];
  });
}

/** Lines that are no suppression, no comment and not empty, each with its number, counted from 1. */
export function strangeLines(text: string): { readonly line: number; readonly text: string }[] {
  return text.split(/\r?\n/).flatMap((each, index) => {
    const isKnown = /^\s*(#.*|(race|race_top):.+)?\s*$/.test(each);
    return isKnown ? [] : [{ line: index + 1, text: each.trim() }];
  });
}

/** Whether a race is not to be reported: a function or file of it matches. */
export function isSuppressed(
  { access, previous }: Pick<RaceReport, 'access' | 'previous'>,
  by: readonly Suppression[],
): boolean {
  return by.some(({ kind, pattern }) =>
    [access, previous].some(({ frames }) => {
      const looked = kind === 'race_top' ? frames.slice(0, 1) : frames;
      return looked.some((frame: ReportedFrame) => pattern.test(frame.name) || pattern.test(frame.file));
    }),
  );
}

function toRegExp(pattern: string): RegExp {
  const start = pattern.startsWith('^') ? '^' : '';
  const end = pattern.endsWith('$') ? '$' : '';
  const middle = pattern.slice(start.length, pattern.length - end.length);
  return new RegExp(start + middle.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*') + end);
}
