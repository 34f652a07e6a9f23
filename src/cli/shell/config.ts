import { ProfError } from '../../error.js';
import type { Granularity } from '../../profile/aggregate.js';
import { type Compile, defaultOptions, type ReportOptions } from '../../report/options.js';
import { parseFloat64, parseInt64 } from '../../unit/parse-number.js';
import { localTimeZone } from '../time-zone.js';

/** A variable of the shell. */
export interface ShellField {
  readonly name: string;
  readonly kind: 'bool' | 'int' | 'float' | 'text' | 'choice';
  readonly initial: string;
  /** The values of a choice; each is a word of the shell as well. */
  readonly choices?: readonly string[];
  readonly help: string;
}

const text = (name: string, help: string, initial = ''): ShellField => ({
  name,
  kind: 'text',
  initial,
  help,
});
const bool = (name: string, help: string, initial = 'false'): ShellField => ({
  name,
  kind: 'bool',
  initial,
  help,
});
const float = (name: string, initial: string, help: string): ShellField => ({
  name,
  kind: 'float',
  initial,
  help,
});

/** All variables of the shell, under pprof's names. */
export const shellFields: readonly ShellField[] = [
  text('output', 'file to write reports to'),
  bool('call_tree', 'one entry per path of calls (dot, callgrind)'),
  bool('relative_percentages', 'take percentages of what the filters leave'),
  text('unit', 'unit of values; minimum: one for all, auto: one for each', 'minimum'),
  bool('compact_labels', 'leave out what the profile says of itself'),
  text('source_path', 'folders to look for sources in'),
  text('trim_path', 'beginnings to take off source paths'),
  bool('intel_syntax', 'ignored'),
  bool('mean', 'divide by the first value: what one event cost'),
  text('sample_index', 'value to report, by name or 0-based index'),
  float('divide_by', '1', 'divide all values'),
  bool('normalize', "scale to the base's total; only on the command line"),
  { name: 'sort', kind: 'choice', initial: 'flat', choices: ['cum', 'flat'], help: 'order of entries' },
  text('tagroot', 'labels to show as frames at the root'),
  text('tagleaf', 'labels to show as frames at the leaf'),
  bool('drop_negative', 'drop entries that got less in a difference'),
  { name: 'nodecount', kind: 'int', initial: '-1', help: 'show at most so many entries' },
  float('nodefraction', '0.005', 'drop entries with less than this share of the total'),
  float('edgefraction', '0.001', 'drop calls with less than this share of the total'),
  bool('trim', 'drop what has a small share', 'true'),
  text('focus', 'keep samples that pass through a match'),
  text('ignore', 'drop samples that pass through a match'),
  text('prune_from', 'take out what a match calls'),
  text('hide', 'take out matching frames'),
  text('show', 'take out frames that do not match'),
  text('show_from', 'take out the callers of the first match'),
  text('tagfocus', 'keep samples with a matching label'),
  text('tagignore', 'drop samples with a matching label'),
  text('tagshow', 'show only labels with a matching key'),
  text('taghide', 'leave out labels with a matching key'),
  bool('noinlines', 'take out functions that were inlined'),
  bool('showcolumns', 'tell columns apart where lines are'),
  {
    name: 'granularity',
    kind: 'choice',
    initial: '',
    choices: ['functions', 'filefunctions', 'files', 'lines', 'addresses'],
    help: 'what tells entries apart',
  },
];

const trueWords = new Set(['true', 't', 'yes', 'y', '1', '']);
const falseWords = new Set(['false', 'f', 'no', 'n', '0']);

/** The variables of a shell and their values. Words with `-` or without `_` mean the same. */
export class ShellConfig {
  readonly #values: Map<string, string>;

  constructor(values?: ReadonlyMap<string, string>) {
    this.#values = new Map(values ?? shellFields.map(({ name, initial }) => [name, initial]));
  }

  /** A copy, for what holds for one command only. */
  copy(): ShellConfig {
    return new ShellConfig(this.#values);
  }

  /** The value of a variable as text. */
  get(name: string): string {
    return this.#values.get(name) ?? '';
  }

  /**
   * Sets a variable, or chooses one of the values of a group (`cum`, `lines`).
   *
   * @throws ProfError `usage` for a value that does not fit
   */
  set(word: string, value: string): void {
    const field = getField(word);
    if (field !== undefined) this.#values.set(field.name, checked(field, value));
    else {
      const group = getChoice(word);
      // A bare word chooses; pprof only takes `cum=true`.
      if (group === undefined || !trueWords.has(value.toLowerCase()))
        throw new ProfError('usage', `unknown config field "${word}"`);
      this.#values.set(group.field.name, group.choice);
    }
  }

  /** The options of a report. */
  toOptions(compile: Compile): ReportOptions {
    const is = (name: string): boolean => this.get(name) === 'true';
    const keys = (name: string): string[] =>
      this.get(name)
        .split(',')
        .filter((key) => key !== '');
    return {
      ...defaultOptions,
      compile,
      filters: {
        focus: this.get('focus'),
        ignore: this.get('ignore'),
        hide: this.get('hide'),
        show: this.get('show'),
        showFrom: this.get('show_from'),
        tagFocus: this.get('tagfocus'),
        tagIgnore: this.get('tagignore'),
        tagShow: this.get('tagshow'),
        tagHide: this.get('taghide'),
        pruneFrom: this.get('prune_from'),
      },
      sampleIndex: this.get('sample_index'),
      mean: is('mean'),
      divideBy: Number(this.get('divide_by')),
      unit: this.get('unit'),
      // Cast: only the choices of the field come here, or the empty initial value.
      granularity: this.get('granularity') as Granularity | '',
      noInlines: is('noinlines'),
      showColumns: is('showcolumns'),
      callTree: is('call_tree'),
      dropNegative: is('drop_negative'),
      relativePercentages: is('relative_percentages'),
      nodeCount: Number(this.get('nodecount')),
      nodeFraction: Number(this.get('nodefraction')),
      edgeFraction: Number(this.get('edgefraction')),
      trim: is('trim'),
      sort: this.get('sort') === 'cum' ? 'cum' : 'flat',
      compactLabels: is('compact_labels'),
      sourcePath: this.get('source_path'),
      trimPath: this.get('trim_path'),
      ...{ tagRoot: keys('tagroot'), tagLeaf: keys('tagleaf'), timeZone: localTimeZone },
    };
  }
}

const squeeze = (word: string): string => word.replace(/[-_]/g, '');

/** The variable of that name, or undefined. */
export function getField(word: string): ShellField | undefined {
  return shellFields.find(({ name }) => squeeze(name) === squeeze(word));
}

/** The variable that has this value among its choices, or undefined. */
export function getChoice(word: string): { field: ShellField; choice: string } | undefined {
  const field = shellFields.find(({ choices }) => choices?.includes(word));
  return field === undefined ? undefined : { field, choice: word };
}

function checked({ name, kind, choices }: ShellField, value: string): string {
  const wrong = (want: string): ProfError => new ProfError('usage', `${name}: "${value}" is not ${want}`);
  switch (kind) {
    case 'bool':
      if (trueWords.has(value.toLowerCase())) return 'true';
      if (falseWords.has(value.toLowerCase())) return 'false';
      throw wrong('true or false');
    case 'int':
      if (parseInt64(value) === undefined) throw wrong('a whole number');
      return String(parseInt64(value));
    case 'float':
      if (parseFloat64(value) === undefined) throw wrong('a number');
      return String(parseFloat64(value));
    case 'choice':
      if (choices?.includes(value) !== true) throw wrong(`one of ${choices?.join(', ')}`);
      return value;
    case 'text':
      return value;
  }
}
