import { Uint32List } from './list.js';
import type { Labels, Samples, ValueColumn } from './profile.js';

/**
 * The samples with other stacks, or fewer of them.
 *
 * @param edit - appends the new stack of a sample (leaf first), and tells whether the sample stays
 */
export function editSamples(samples: Samples, edit: (sample: number, stack: Uint32List) => boolean): Samples {
  const stack = new Uint32List(samples.stack.length);
  const start = new Uint32List(samples.count + 1);
  const kept = new Uint32List(samples.count);
  start.push(0);
  for (let i = 0; i < samples.count; i++) {
    const before = stack.length;
    if (edit(i, stack)) {
      kept.push(i);
      start.push(stack.length);
    } else stack.length = before;
  }
  return { ...pickSamples(samples, kept.toArray()), start: start.toArray(), stack: stack.toArray() };
}

/** The samples for which `keep` is true, as they are. */
export function filterSamples(samples: Samples, keep: (sample: number) => boolean): Samples {
  return editSamples(samples, (i, stack) => {
    if (!keep(i)) return false;
    appendStack(samples, i, stack);
    return true;
  });
}

/** Appends the stack of a sample, or a part of it: `skip` frames from the leaf on are left out. */
export function appendStack(samples: Samples, i: number, stack: Uint32List): void {
  for (let at = samples.start[i]!; at < samples.start[i + 1]!; at++) stack.push(samples.stack[at]!);
}

/** Values and labels of some samples. */
function pickSamples(
  { values, labels }: Samples,
  kept: Uint32Array,
): Pick<Samples, 'count' | 'values' | 'labels'> {
  return {
    count: kept.length,
    values: values.map((column) => pickValues(column, kept)),
    labels: labels.key.length === 0 ? noLabels(kept.length) : pickLabels(labels, kept),
  };
}

function pickValues(column: ValueColumn, kept: Uint32Array): ValueColumn {
  if (column instanceof Float64Array) return Float64Array.from(kept, (i) => column[i]!);
  return BigInt64Array.from(Array.from(kept, (i) => column[i]!));
}

/** The labels of `count` samples that have none. */
export function noLabels(count: number): Labels {
  const none = new Uint32Array();
  return {
    start: new Uint32Array(count + 1),
    key: none,
    text: none,
    number: new BigInt64Array(),
    unit: none,
  };
}

function pickLabels(labels: Labels, kept: Uint32Array): Labels {
  const start = new Uint32Array(kept.length + 1);
  const at = new Uint32List(labels.key.length);
  for (const [n, i] of kept.entries()) {
    for (let label = labels.start[i]!; label < labels.start[i + 1]!; label++) at.push(label);
    start[n + 1] = at.length;
  }
  return { ...takeLabels(labels, at.toArray()), start };
}

/** The labels for which `keep` is true. */
export function filterLabels(labels: Labels, keep: (label: number) => boolean): Labels {
  const start = new Uint32Array(labels.start.length);
  const at = new Uint32List(labels.key.length);
  for (let i = 0; i + 1 < labels.start.length; i++) {
    for (let label = labels.start[i]!; label < labels.start[i + 1]!; label++) if (keep(label)) at.push(label);
    start[i + 1] = at.length;
  }
  return { ...takeLabels(labels, at.toArray()), start };
}

function takeLabels(labels: Labels, at: Uint32Array): Omit<Labels, 'start'> {
  return {
    key: at.map((i) => labels.key[i]!),
    text: at.map((i) => labels.text[i]!),
    number: BigInt64Array.from(Array.from(at, (i) => labels.number[i]!)),
    unit: at.map((i) => labels.unit[i]!),
  };
}
