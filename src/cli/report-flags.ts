import { ProfError } from '../error.js';
import type { Granularity } from '../profile/aggregate.js';
import { type Compile, defaultOptions, type FilterTexts, type ReportOptions } from '../report/options.js';
import type { OptionGroup } from './command.js';
import type { Options } from './options.js';
import { localTimeZone } from './time-zone.js';

const granularities = ['functions', 'filefunctions', 'files', 'lines', 'addresses'] as const;

/** Shorthands that choose a sample type. */
const sampleTypeFlags: readonly { readonly name: string; readonly type: string; readonly help: string }[] = [
  { name: 'alloc-space', type: 'alloc_space', help: 'bytes allocated' },
  { name: 'alloc-objects', type: 'alloc_objects', help: 'objects allocated' },
  { name: 'inuse-space', type: 'inuse_space', help: 'bytes in use' },
  { name: 'inuse-objects', type: 'inuse_objects', help: 'objects in use' },
  { name: 'contentions', type: 'contentions', help: 'how often was waited' },
  { name: 'total-delay', type: 'delay', help: 'how long was waited' },
  { name: 'mean-delay', type: 'delay', help: 'how long was waited each time' },
];

const sampleGroup: OptionGroup = {
  title: 'Select samples',
  options: [
    { name: 'focus', value: 'REGEXP', help: 'keep samples that pass through a matching function or file' },
    { name: 'ignore', value: 'REGEXP', help: 'drop samples that pass through a match' },
    {
      name: 'tag-focus',
      value: 'TAG',
      help: 'keep samples with a matching label: REGEXP, KEY=REGEXP, or a range (4kb:)',
    },
    { name: 'tag-ignore', value: 'TAG', help: 'drop samples with a matching label' },
    {
      name: 'sample-index',
      value: 'NAME',
      help: "value to report, by name or 0-based index (default: the profile's own, else the last)",
    },
    ...sampleTypeFlags.map(({ name, help }) => ({ name, help })),
    { name: 'mean', help: 'divide by the first value: what one event cost' },
  ],
};

const frameGroup: OptionGroup = {
  title: 'Select frames',
  options: [
    { name: 'hide', value: 'REGEXP', help: 'take out matching frames' },
    { name: 'show', value: 'REGEXP', help: 'take out frames that do not match' },
    { name: 'show-from', value: 'REGEXP', help: 'take out the callers of the first match' },
    { name: 'prune-from', value: 'REGEXP', help: 'take out what a match calls' },
    { name: 'inlines', onByDefault: true, help: 'take out functions that were inlined' },
    { name: 'tag-root', value: 'KEYS', help: 'show the values of labels as frames at the root' },
    { name: 'tag-leaf', value: 'KEYS', help: 'show the values of labels as frames at the leaf' },
    { name: 'tag-show', value: 'REGEXP', help: 'show only labels with a matching key' },
    { name: 'tag-hide', value: 'REGEXP', help: 'leave out labels with a matching key' },
    { name: 'all-frames', help: 'keep frames that the profile asks to leave out' },
  ],
};

const granularityGroup: OptionGroup = {
  title: 'Tell entries apart by',
  options: [
    { name: 'functions', help: 'function name (default)' },
    { name: 'filefunctions', help: 'function and file' },
    { name: 'files', help: 'file' },
    { name: 'lines', help: 'function, file and line' },
    { name: 'addresses', help: 'address' },
    { name: 'show-columns', help: 'column as well, where lines are told apart' },
    { name: 'granularity', value: 'NAME', help: 'one of these', hidden: true },
  ],
};

const limitGroup: OptionGroup = {
  title: 'Order and limits',
  options: [
    { name: 'cum', help: 'sort by cum (default: flat)' },
    { name: 'flat', help: 'sort by flat' },
    { name: 'sort', value: 'NAME', help: 'flat or cum', hidden: true },
    { name: 'node-count', value: 'N', help: 'show at most N entries' },
    {
      name: 'node-fraction',
      value: 'F',
      help: 'drop entries with less than this share of the total (0.005)',
    },
    { name: 'edge-fraction', value: 'F', help: 'drop calls with less than this share of the total (0.001)' },
    { name: 'trim', onByDefault: true, help: 'drop nothing, whatever its share' },
    { name: 'drop-negative', help: 'drop entries that got less in a difference' },
    { name: 'call-tree', help: 'one entry per path of calls (dot, callgrind)' },
  ],
};

const valueGroup: OptionGroup = {
  title: 'Values',
  options: [
    {
      name: 'unit',
      value: 'UNIT',
      help: 'unit of values; minimum: one for all (default), auto: one for each',
    },
    { name: 'divide-by', value: 'F', help: 'divide all values (1)' },
    { name: 'relative-percentages', help: 'take percentages of what the filters leave' },
    { name: 'compact-labels', help: 'leave out what the profile says of itself' },
  ],
};

const sourceGroup: OptionGroup = {
  title: 'Sources',
  options: [
    {
      name: 'source-path',
      value: 'PATH',
      help: 'folders to look for sources in (default: the working folder)',
    },
    { name: 'trim-path', value: 'PATH', help: 'beginnings to take off source paths' },
  ],
};

const inputGroup: OptionGroup = {
  title: 'Profiles',
  options: [
    { name: 'base', value: 'PROFILE', repeatable: true, help: 'subtract a profile' },
    {
      name: 'diff-base',
      value: 'PROFILE',
      repeatable: true,
      help: 'subtract a profile; percentages are taken of it',
    },
    { name: 'normalize', help: "first scale to the base's total" },
    { name: 'seconds', value: 'N', help: 'how long a server is to record' },
    { name: 'timeout', value: 'N', help: 'seconds to wait for a server (half as long again, or 60)' },
    { name: 'add-comment', value: 'TEXT', help: 'add a comment' },
    { name: 'max-bytes', value: 'N', help: 'largest size of a profile when unzipped (1073741824)' },
    { name: 'output', value: 'FILE', short: 'o', help: 'write the report to a file' },
    {
      name: 'symbolize',
      value: 'MODE',
      help: 'ignored: frames are named when a profile is taken',
      hidden: true,
    },
    { name: 'tools', value: 'PATH', help: 'ignored', hidden: true },
    { name: 'intel-syntax', help: 'ignored', hidden: true },
  ],
};

/** The options of every command that reads profiles. */
export const reportGroups: readonly OptionGroup[] = [
  sampleGroup,
  frameGroup,
  limitGroup,
  granularityGroup,
  valueGroup,
  sourceGroup,
  inputGroup,
];

/** Options whose value is a pattern. */
const filterOptions: Readonly<Record<keyof FilterTexts, string>> = {
  focus: 'focus',
  ignore: 'ignore',
  hide: 'hide',
  show: 'show',
  showFrom: 'show-from',
  tagFocus: 'tag-focus',
  tagIgnore: 'tag-ignore',
  tagShow: 'tag-show',
  tagHide: 'tag-hide',
  pruneFrom: 'prune-from',
};

/** The patterns on the command line, for what is to compile them. */
export function filterTexts(options: Options): FilterTexts {
  const texts: Record<string, string> = {};
  for (const [key, name] of Object.entries(filterOptions)) texts[key] = options.text(name) ?? '';
  return { ...defaultOptions.filters, ...texts };
}

/** The report's options as the command line has them. */
export function reportOptions(options: Options, compile: Compile): ReportOptions {
  const sampleType = chosen(
    options,
    sampleTypeFlags.map(({ name }) => name),
  );
  const type = sampleTypeFlags.find(({ name }) => name === sampleType)?.type;
  return {
    compile,
    filters: filterTexts(options),
    sampleIndex: options.text('sample-index') ?? type ?? '',
    mean: options.flag('mean') || sampleType === 'mean-delay',
    divideBy: options.number('divide-by') ?? 1,
    unit: options.text('unit') ?? defaultOptions.unit,
    granularity: granularityOf(options),
    noInlines: !options.flag('inlines', true),
    showColumns: options.flag('show-columns'),
    callTree: options.flag('call-tree'),
    dropNegative: options.flag('drop-negative'),
    relativePercentages: options.flag('relative-percentages'),
    nodeCount: options.integer('node-count') ?? -1,
    nodeFraction: options.number('node-fraction') ?? defaultOptions.nodeFraction,
    edgeFraction: options.number('edge-fraction') ?? defaultOptions.edgeFraction,
    trim: options.flag('trim', true),
    sort: sortOf(options),
    compactLabels: options.flag('compact-labels'),
    sourcePath: options.text('source-path') ?? '',
    trimPath: options.text('trim-path') ?? '',
    tagRoot: keysOf(options.text('tag-root')),
    tagLeaf: keysOf(options.text('tag-leaf')),
    timeZone: localTimeZone,
  };
}

function keysOf(list: string | undefined): string[] {
  return (list ?? '').split(',').filter((key) => key !== '');
}

function granularityOf(options: Options): Granularity | '' {
  const flag = chosen(options, granularities);
  return flag ?? options.choice('granularity', granularities) ?? '';
}

function sortOf(options: Options): 'flat' | 'cum' {
  return chosen(options, ['cum', 'flat']) ?? options.choice('sort', ['flat', 'cum']) ?? 'flat';
}

/** The one flag of a group that is set. */
function chosen<T extends string>(options: Options, names: readonly T[]): T | undefined {
  const [first, second] = names.filter((name) => options.flag(name));
  if (second !== undefined)
    throw new ProfError('usage', `conflicting options: --${first} and --${second}`, {
      hint: 'Give one of them.',
    });
  return first;
}
