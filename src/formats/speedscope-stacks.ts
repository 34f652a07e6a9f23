import { isArray, isObject, type JsonObject, numberOr } from './json.js';
import type { Source } from './source.js';

/** A stack of frames by number, root first, and what it weighs in the unit of its profile. */
export interface WeightedStack {
  readonly stack: readonly number[];
  readonly weight: number;
  /** Where in the file it stands, for errors. */
  readonly place: () => string;
}

/** The samples of a `sampled` profile; without weights each weighs 1. */
export function* sampledStacks(
  source: Source,
  { samples, weights, place }: { samples: unknown; weights: readonly number[] | undefined; place: string },
): Generator<WeightedStack, void, undefined> {
  if (!isArray(samples)) throw source.error(`${place}.samples`, 'is not an array');
  if (weights !== undefined && weights.length !== samples.length)
    throw source.error(`${place}.weights`, `${weights.length} weights for ${samples.length} samples`);
  for (const [i, stack] of samples.entries()) {
    const own = (): string => `${place}.samples[${i}]`;
    if (!isArray(stack)) throw source.error(own(), 'is not an array');
    yield {
      stack: stack.map((frame) => frameNumber(source, frame, own)),
      weight: weights?.[i] ?? 1,
      place: own,
    };
  }
}

/** The stacks between the events of an `evented` profile, each as long as the time to the next event. */
export function* eventedStacks(
  source: Source,
  value: JsonObject,
  place: string,
): Generator<WeightedStack, void, undefined> {
  const events = value['events'];
  if (!isArray(events)) throw source.error(`${place}.events`, 'is not an array');
  const open: number[] = [];
  let last = numberOr(value['startValue'], 0);
  for (const [i, event] of events.entries()) {
    const own = (): string => `${place}.events[${i}]`;
    if (!isObject(event)) throw source.error(own(), 'is not an object');
    const at = numberOr(event['at'], Number.NaN);
    if (Number.isNaN(at)) throw source.error(`${own()}.at`, 'is no number');
    if (at < last) throw source.error(`${own()}.at`, `${at} is before ${last}`);
    if (open.length > 0 && at > last) yield { stack: open, weight: at - last, place: own };
    last = at;
    openOrClose(source, { open, event, own });
  }
  const end = numberOr(value['endValue'], last);
  if (open.length > 0 && end > last)
    yield { stack: open, weight: end - last, place: () => `${place}.endValue` };
}

function openOrClose(
  source: Source,
  { open, event, own }: { open: number[]; event: JsonObject; own: () => string },
): void {
  const frame = frameNumber(source, event['frame'], own);
  if (event['type'] === 'O') open.push(frame);
  else if (event['type'] !== 'C') throw source.error(`${own()}.type`, 'is neither "O" nor "C"');
  else if (open.pop() !== frame)
    throw source.error(own(), `frame ${frame} is not the one that was opened last`);
}

function frameNumber(source: Source, frame: unknown, place: () => string): number {
  return typeof frame === 'number' ? frame : source.fail(place(), 'has a frame that is no number');
}
