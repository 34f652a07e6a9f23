import type { Frame } from '../profile/builder.js';
import type { Format } from './format.js';
import type { Source } from './source.js';
import { StackCollector } from './stack-collector.js';

/**
 * Collapsed stacks, as Brendan Gregg's stackcollapse scripts write them: `main;parse;lex 12`, a line
 * each, root first. Names may hold spaces; counts may be negative, in a difference, and broken, which
 * are rounded.
 *
 * @see https://github.com/brendangregg/FlameGraph
 */
export const folded: Format = {
  name: 'collapsed stacks',

  detects(source) {
    const stacks = source.headLines.filter((line) => !isBlank(line));
    return (
      stacks.length > 0 &&
      stacks.every((line) => splitLine(line) !== undefined) &&
      stacks.some((line) => line.includes(';'))
    );
  },

  read(source) {
    const collector = new StackCollector(source, { sampleTypes: [{ type: 'samples', unit: 'count' }] });
    let number = 0;
    for (const line of source.lines()) {
      number += 1;
      if (!isBlank(line)) addLine(source, { collector, line, number });
    }
    return collector.build();
  },
};

function isBlank(line: string): boolean {
  return line.trim() === '' || line.startsWith('#');
}

/** Frames, root first, and the number behind the last space; undefined where there is none. */
function splitLine(line: string): { readonly stack: string; readonly count: number } | undefined {
  const trimmed = line.trimEnd();
  const space = Math.max(trimmed.lastIndexOf(' '), trimmed.lastIndexOf('\t'));
  const count = trimmed.slice(space + 1);
  const stack = trimmed.slice(0, Math.max(space, 0)).trimEnd();
  if (stack === '' || count.length > 40 || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(count))
    return undefined;
  return { stack, count: Number(count) };
}

function addLine(
  source: Source,
  { collector, line, number }: { collector: StackCollector; line: string; number: number },
): void {
  const split = splitLine(line);
  if (split === undefined)
    throw source.lineError(number, `"${line.slice(0, 60)}" is not a stack and a count`);
  const locations = split.stack
    .split(';')
    .filter((name) => name !== '')
    .reverse()
    .map((name) => collector.locationOf(frameOf(name)));
  collector.add(locations, [split.count], { place: () => `line ${number}` });
}

/** A name may carry its place, as `prof folded --lines` writes it: `parse src/app.ts:12`, `parse (src/app.ts:12)`. */
function frameOf(text: string): Frame {
  const space = text.lastIndexOf(' ');
  const [, file, line] = /^\(?([^\s()]*[/.][^\s()]*?):(\d{1,9})\)?$/.exec(text.slice(space + 1)) ?? [];
  if (space <= 0 || file === undefined) return { name: text, file: '', startLine: 0, line: 0 };
  return { name: text.slice(0, space), file, startLine: 0, line: Number(line) };
}
