import type { Io } from './io.js';
import type { Options } from './options.js';

/** One option of a command, as the help shows it and the parser takes it. */
export interface OptionSpec {
  /** Hyphenated long name without dashes, such as `node-count`. */
  readonly name: string;
  /** Metavariable in capitals (`REGEXP`); absent for a flag that is on or off. */
  readonly value?: string;
  /** The help's text: lower case, no full stop, default in brackets. */
  readonly help: string;
  /** One more way to write it: a single letter such as `v`. */
  readonly short?: string;
  /** Other long names that mean the same. */
  readonly aliases?: readonly string[];
  /** A flag that is on unless `--no-NAME` is given; the help then shows the negated form. */
  readonly onByDefault?: boolean;
  /** May be given several times; its values are kept in order. */
  readonly repeatable?: boolean;
  /** How a flag is written that is a kind of another one: `race=async`. */
  readonly writtenAs?: string;
  /** Understood, but left out of the help. */
  readonly hidden?: boolean;
}

/** Options under one heading of the help. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly OptionSpec[];
}

/** What a command was called with. */
export interface Call {
  /** The words that are not options, in order. */
  readonly args: readonly string[];
  readonly options: Options;
}

/** A command of the command line; each lives in a file of its own that is loaded only when it is asked for. */
export interface Command {
  readonly name: string;
  /** The words behind `prof`, such as `list [options] <regexp> <profile>…`. */
  readonly synopsis: string;
  /** One sentence, shown on top of its help. */
  readonly summary: string;
  /** Complete command lines, shown before the options. */
  readonly examples: readonly string[];
  readonly groups: readonly OptionGroup[];
  /** How many words it takes besides options. */
  readonly args: { readonly min: number; readonly max: number };
  /** Everything behind the first word that is not an option belongs to that word, not to prof. */
  readonly passThrough?: boolean;
  /** Closing remarks of the help: paragraphs, separated by an empty line. */
  readonly notes?: string;

  /** Does the work; the exit status is returned, errors are thrown. */
  run(call: Call, io: Io): Promise<number>;
}
