import type { Allocated, BenchTime, Timed } from './job.js';

/** What may be wrong with a result, with the facts that a reader needs. */
export type Doubt =
  | { readonly kind: 'no-time' }
  | { readonly kind: 'ignores-n'; readonly leastNanos: number }
  | { readonly kind: 'empty-loop'; readonly loopNanos: number; readonly usesLoop: boolean }
  | { readonly kind: 'few-samples'; readonly batches: number }
  | { readonly kind: 'unsteady'; readonly drift: number }
  | { readonly kind: 'busy'; readonly waited: number }
  | { readonly kind: 'allocs-unsettled' }
  | { readonly kind: 'allocs-cold'; readonly operations: number };

/** No processor does anything in so many nanoseconds: code that takes less for an iteration ignores b.n. */
export const leastNanos = 0.01;
/** A loop with work in it is slower than an empty one by so much. */
const emptyLoopShare = 1.1;
/** Batches below which neither drift nor spread can be seen. */
const fewBatches = 5;
const mostDrift = 0.05;
const mostWaited = 0.05;
/** Code that ran less often is hardly in its optimised state. */
const fewOperations = 10;

/**
 * What may be wrong with a result; empty where nothing seems to be.
 *
 * @param asked - how long was to be measured: whoever asks for few iterations knows that they are few
 */
export function doubts(timed: Timed, allocs: Allocated, asked: BenchTime): readonly Doubt[] {
  const reportsTime = 'ns/op' in timed.metrics;
  const found = [...(reportsTime ? [] : timeDoubts(timed, asked))];
  if (!allocs.steady) found.push({ kind: 'allocs-unsettled' });
  else if (allocs.warmed < fewOperations && asked.kind === 'millis')
    found.push({ kind: 'allocs-cold', operations: allocs.warmed });
  return found;
}

function timeDoubts(timed: Timed, asked: BenchTime): readonly Doubt[] {
  const { nanos, iterations, batches, drift, waited, emptyLoopNanos } = timed;
  if (nanos === 0) return [{ kind: 'no-time' }];
  const found: Doubt[] = [];
  if (nanos / iterations < leastNanos) found.push({ kind: 'ignores-n', leastNanos });
  else if (emptyLoopNanos !== undefined && nanos / iterations < emptyLoopNanos * emptyLoopShare)
    found.push({ kind: 'empty-loop', loopNanos: emptyLoopNanos, usesLoop: timed.usesLoop });
  if (asked.kind === 'iterations') return found;
  if (batches < fewBatches) found.push({ kind: 'few-samples', batches });
  if (Math.abs(drift) > mostDrift) found.push({ kind: 'unsteady', drift });
  if (waited > mostWaited) found.push({ kind: 'busy', waited });
  return found;
}

/**
 * A doubt as a line says it, with what to do about it.
 *
 * @param count - how often the benchmark is measured
 */
export function formatDoubt(doubt: Doubt, count = 1): string {
  switch (doubt.kind) {
    case 'no-time':
      return 'no time was measured: does it start its timer again?';
    case 'ignores-n':
      return `an iteration takes less than ${doubt.leastNanos} ns: does it use b.n or b.loop()?`;
    case 'empty-loop':
      return `it is as fast as an empty loop (${doubt.loopNanos.toPrecision(2)} ns): has the compiler left the work out? b.keep(result) keeps it${doubt.usesLoop ? '; b.loop() takes longer than a loop to b.n' : ''}`;
    case 'few-samples':
      return `few samples: its function was called ${times(doubt.batches)}; a longer --benchtime measures more`;
    case 'unsteady':
      return `unsteady: at the end it was ${percent(doubt.drift)} ${doubt.drift > 0 ? 'slower' : 'faster'} than at the beginning${count > 1 ? '' : '; --count 10 shows how far results vary'}`;
    case 'busy':
      return `the machine was busy: for ${percent(doubt.waited)} of the time other programs had the processor, which is left out; they also empty its caches: measure again when they have ended`;
    case 'allocs-unsettled':
      return 'allocations did not settle; B/op and allocs/op are its last reading';
    case 'allocs-cold':
      return `its code ran only ${times(doubt.operations)} before allocations were counted; V8 may leave some out later`;
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function percent(share: number): string {
  return `${Math.round(Math.abs(share) * 100)} %`;
}
