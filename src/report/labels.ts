import { toInt64 } from '../graph/accumulator.js';
import { baseName } from '../graph/node-info.js';
import { percentage } from '../unit/percentage.js';
import { autoLabel, scale } from '../unit/scale.js';
import { type FilterTexts, optionName } from './options.js';
import { type FormatValue, type Report, shareOf } from './report.js';
import { formatTime } from './time.js';

/** The lines in which a profile says what it is. */
export function profileLabels(
  { profile, options, sampleType, total }: Report,
  format: FormatValue,
): string[] {
  const [main] = profile.mappings;
  const labels: string[] = [];
  if (main !== undefined && main.file !== '') labels.push(`File: ${baseName(main.file)}`);
  if (main !== undefined && main.buildId !== '') labels.push(`Build ID: ${main.buildId}`);
  labels.push(...profile.comments.filter((comment) => !comment.startsWith('#')));
  const type = options.mean ? `mean_${sampleType.type}` : sampleType.type;
  if (type !== '') labels.push(`Type: ${type}`);
  if (profile.docUrl !== '') labels.push(`Doc: ${profile.docUrl}`);
  if (profile.timeNanos !== 0n) labels.push(`Time: ${formatTime(profile.timeNanos, options.timeZone)}`);
  if (profile.durationNanos !== 0n) {
    const duration = autoLabel(Number(profile.durationNanos), 'nanoseconds');
    const nanos = scale(Number(total), sampleType.unit, 'nanoseconds');
    const share = percentage(Number(toInt64(nanos.value)), Number(profile.durationNanos));
    const ratio = nanos.unit === 'ns' && nanos.value !== 0 ? `(${share})` : '';
    labels.push(`Duration: ${duration}, Total samples = ${format(total)} ${ratio}`);
  }
  return labels;
}

/** What a report shows of a graph, for its header. */
export interface Shown {
  /** Sum of flat over the nodes shown. */
  readonly flat: bigint;
  readonly nodeCount: number;
  /** Nodes heavy enough to be shown. */
  readonly heavyCount: number;
  readonly droppedNodes: number;
  readonly droppedEdges: number;
}

/** The header of a report: what the profile is, which filters are on, what is shown of it. */
export function reportLabels(report: Report, shown: Shown, format: FormatValue): string[] {
  const labels = report.options.compactLabels ? [] : profileLabels(report, format);
  return [...labels, ...shownLabels(report, shown, format)];
}

/** The part of a header that says what is shown. */
export function shownLabels(report: Report, shown: Shown, format: FormatValue): string[] {
  const { total, options } = report;
  const labels = activeFilters(options.filters);
  const share = percentage(Number(shown.flat), Number(total)).trim();
  labels.push(`Showing nodes accounting for ${format(shown.flat)}, ${share} of ${format(total)} total`);
  if (total === 0n) return labels;
  if (shown.droppedNodes > 0)
    labels.push(
      dropped(shown.droppedNodes, 'node', `cum <= ${format(shareOf(total, options.nodeFraction))}`),
    );
  if (shown.droppedEdges > 0)
    labels.push(
      dropped(shown.droppedEdges, 'edge', `freq <= ${format(shareOf(total, options.edgeFraction))}`),
    );
  if (shown.nodeCount > 0 && shown.nodeCount < shown.heavyCount)
    labels.push(`Showing top ${shown.nodeCount} nodes out of ${shown.heavyCount}`);
  return labels;
}

function dropped(count: number, what: string, why: string): string {
  return `Dropped ${count} ${what}${count > 1 ? 's' : ''} (${why})`;
}

const listedFilters = [
  'focus',
  'ignore',
  'hide',
  'show',
  'showFrom',
  'tagFocus',
  'tagIgnore',
  'tagShow',
  'tagHide',
] as const satisfies readonly (keyof FilterTexts)[];

function activeFilters(filters: FilterTexts): string[] {
  const active = listedFilters.filter((name) => filters[name] !== '');
  if (active.length === 0) return [];
  const lines = active.map((name) => `   ${cutAt80(`${optionName(name)}=${filters[name]}`)}`);
  return ['Active filters:', ...lines];
}

/** At most 80 bytes, as Go cuts them; what is left of a character cut in two is U+FFFD here. */
function cutAt80(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length > 80 ? `${bytes.toString('utf8', 0, 80)}…` : text;
}
