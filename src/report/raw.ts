import { numberLabels, textLabels } from '../profile/labels.js';
import type { Mapping, Profile } from '../profile/profile.js';
import { compareBytes } from '../text/order.js';
import { formatDuration } from './duration.js';
import type { Report } from './report.js';
import { formatFullTime } from './time.js';

/** A profile's own tables as text. */
export function formatRaw({ profile, options }: Report): string {
  const { samples, locations } = profile;
  const lines = [
    ...profile.comments.map((comment) => `Comment: ${comment}`),
    ...(profile.docUrl === '' ? [] : [`Doc: ${profile.docUrl}`]),
    `PeriodType: ${profile.periodType.type} ${profile.periodType.unit}`,
    `Period: ${profile.period}`,
    ...(profile.timeNanos === 0n ? [] : [`Time: ${formatFullTime(profile.timeNanos, options.timeZone)}`]),
    // pprof cuts the text, not the number.
    ...(profile.durationNanos === 0n
      ? []
      : [`Duration: ${[...formatDuration(profile.durationNanos)].slice(0, 4).join('')}`]),
    'Samples:',
    sampleTypes(profile),
  ];
  for (let i = 0; i < samples.count; i++) lines.push(...sampleLines(profile, i));
  lines.push('Locations');
  for (let i = 0; i < locations.count; i++) lines.push(...locationLines(profile, i));
  lines.push('Mappings', ...profile.mappings.map(mappingLine));
  return `${lines.join('\n')}\n`;
}

function sampleTypes({ sampleTypes: types, defaultSampleType }: Profile): string {
  return types
    .map(({ type, unit }) => `${type}/${unit}${type === defaultSampleType ? '[dflt]' : ''} `)
    .join('')
    .trim();
}

const labelIndent = ' '.repeat(16);

function sampleLines(profile: Profile, i: number): string[] {
  const { samples, locations } = profile;
  const values = samples.values.map((column) => ` ${String(column[i]).padStart(10)}`).join('');
  const stack = [...samples.stack.subarray(samples.start[i], samples.start[i + 1])];
  const ids = stack.map((location) => `${locations.id[location]} `).join('');
  const texts = [...textLabels(profile, i)].map(([key, own]) => `${key}:[${own.join(' ')}]`);
  const numbers = [...numberLabels(profile, i)].map(([key, { values: own, units }]) => {
    const printed = units.length === 0 ? own.map(String) : own.map((value, n) => `${value} ${units[n]}`);
    return `${key}:[${printed.join(' ')}]`;
  });
  const labels = [texts, numbers].filter((list) => list.length > 0);
  return [`${values}: ${ids}`, ...labels.map((list) => labelIndent + list.sort(compareBytes).join(' '))];
}

function locationLines(profile: Profile, i: number): string[] {
  const { locations, mappings } = profile;
  const mapping = mappings[locations.mapping[i] ?? -1];
  const inMapping = mapping === undefined ? '' : `M=${mapping.id} `;
  const folded = locations.isFolded[i] === 1 ? '[F] ' : '';
  const id = String(locations.id[i]).padStart(6);
  const start = `${id}: 0x${locations.address[i]?.toString(16)} ${inMapping}${folded}`;
  const from = locations.lineStart[i] ?? 0;
  const count = (locations.lineStart[i + 1] ?? 0) - from;
  if (count === 0) return [start];
  return Array.from(
    { length: count },
    (_, n) => (n === 0 ? start : ' '.repeat(13)) + lineText(profile, from + n),
  );
}

function lineText({ locations, funcs, strings }: Profile, line: number): string {
  const func = locations.lineFunc[line] ?? 0;
  const text = (column: Uint32Array): string => strings.get(column[func] ?? 0);
  const [name, systemName] = [text(funcs.name), text(funcs.systemName)];
  const place = `${text(funcs.file)}:${locations.lineNumber[line]}:${locations.lineColumn[line]}`;
  const linked = name === systemName ? '' : `(${systemName})`;
  return `${name} ${place} s=${funcs.startLine[func]}${linked}`;
}

function mappingLine({ id, start, limit, offset, file, buildId, ...has }: Mapping): string {
  const flags = [
    has.hasFunctions ? '[FN]' : '',
    has.hasFilenames ? '[FL]' : '',
    has.hasLineNumbers ? '[LN]' : '',
    has.hasInlineFrames ? '[IN]' : '',
  ];
  const range = [start, limit, offset].map((value) => `0x${value.toString(16)}`).join('/');
  return `${id}: ${range} ${file} ${buildId} ${flags.join('')}`;
}
