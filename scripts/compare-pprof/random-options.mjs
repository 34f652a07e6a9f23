// Random calls of reports, as pprof spells their options.

const patterns = [
  'main',
  'parse',
  '^a$',
  'Router\\.match',
  '[0-9]$',
  'write|parse',
  'handleHi',
  'ts$',
  'nothing-at-all',
  '(?i)MAIN',
  'node:',
  '.',
  '^$',
  '\\d',
  'src/.*\\.ts',
];
const tagFilters = [
  'a',
  'bench=a',
  'route=/hi',
  'bench:a,k:b',
  '1kb',
  ':4kb',
  '1kb:',
  '1:100',
  'bytes=1kb:64kb',
  'request=16',
  'b|x',
  'ms',
  '5ms:10kb',
];
const tagKeys = ['bench', 'route', 'thread', 'bytes', 'request', 'bench,route', 'nothing', 'size'];

/** A random report: the command, its pattern, its options. */
export function randomCall(r, sampleTypes) {
  const command = r.pick([
    'top',
    'top',
    'top',
    'tree',
    'tree',
    'peek',
    'list',
    'traces',
    'tags',
    'raw',
    'comments',
    'dot',
    'dot',
    'callgrind',
    'callgrind',
    'proto',
    'topproto',
  ]);
  const options = [];
  const maybe = (p, make) => {
    if (r.chance(p)) options.push(make());
  };
  const limits = ['0', '0.001', '0.01', '0.05', '0.1', '0.2', '0.5'];
  maybe(0.3, () => '-cum');
  maybe(0.4, () => `-${r.pick(['functions', 'filefunctions', 'files', 'lines', 'addresses'])}`);
  maybe(0.15, () => '-noinlines');
  maybe(0.15, () => '-showcolumns');
  maybe(0.3, () => `-nodecount=${r.pick([0, 1, 2, 3, 5, 10, 50])}`);
  maybe(0.25, () => `-nodefraction=${r.pick(limits)}`);
  maybe(0.2, () => `-edgefraction=${r.pick(limits)}`);
  maybe(0.1, () => '-trim=false');
  for (const name of ['focus', 'ignore', 'hide', 'show', 'show_from', 'prune_from'])
    maybe(0.12, () => `-${name}=${r.pick(patterns)}`);
  for (const name of ['tagfocus', 'tagignore']) maybe(0.1, () => `-${name}=${r.pick(tagFilters)}`);
  for (const name of ['tagshow', 'taghide'])
    maybe(0.06, () => `-${name}=${r.pick(['bench', 'b', '^k$', 'request'])}`);
  for (const name of ['tagroot', 'tagleaf']) maybe(0.08, () => `-${name}=${r.pick(tagKeys)}`);
  maybe(
    0.3,
    () =>
      `-sample_index=${r.pick([...sampleTypes.map((_, i) => i), ...sampleTypes.map(({ type }) => type)])}`,
  );
  maybe(0.1, () => '-mean');
  maybe(0.1, () => `-divide_by=${r.pick(['2', '10', '0.5', '1000', '3', '-1'])}`);
  maybe(
    0.25,
    () => `-unit=${r.pick(['ms', 's', 'kb', 'mb', 'auto', 'minimum', 'count', 'parsecs', 'hours'])}`,
  );
  maybe(0.1, () => '-relative_percentages');
  maybe(0.1, () => '-drop_negative');
  maybe(0.2, () => '-call_tree');
  maybe(0.1, () => '-compact_labels');
  maybe(0.05, () => '-all_frames');
  maybe(0.05, () => `-trim_path=${r.pick(['/app', '/app/src:/app', 'src', '/'])}`);
  maybe(0.05, () => `-source_path=${r.pick(['/somewhere/app', '/x/src:/y/lib'])}`);
  const pattern = command === 'peek' || command === 'list' ? r.pick(patterns) : undefined;
  return { command, pattern, options };
}
