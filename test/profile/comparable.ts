import type { Profile } from '../../src/profile/profile.js';

/** A profile with its strings put in place of their numbers, for comparing whole profiles. */
export function comparable(profile: Profile): unknown {
  const { strings, samples, funcs, ...rest } = profile;
  const texts = (column: Uint32Array): string[] => [...column].map((i) => strings.get(i));
  const { labels } = samples;
  return {
    ...rest,
    // fast-check's records have no prototype.
    sampleTypes: rest.sampleTypes.map((type) => ({ ...type })),
    periodType: { ...rest.periodType },
    samples: {
      ...samples,
      stack: [...samples.stack],
      values: samples.values.map((column) => Array.from<number | bigint>(column)),
      labels: { ...labels, key: texts(labels.key), text: texts(labels.text), unit: texts(labels.unit) },
    },
    funcs: {
      ...funcs,
      name: texts(funcs.name),
      systemName: texts(funcs.systemName),
      file: texts(funcs.file),
    },
  };
}
