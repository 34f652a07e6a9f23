import type { GraphSource } from '../graph/build.js';
import { buildNodeTable } from '../graph/node-table.js';
import { sumNodes } from '../graph/sums.js';
import type { Profile } from '../profile/profile.js';
import type { ReportOptions } from './options.js';
import type { Report } from './report.js';
import { trimSourcePath } from './trim-path.js';

/** What the graph of a report is made from. */
export function graphSource({ profile: given, options, values }: Report, objectNames: boolean): GraphSource {
  const profile = trimFiles(given, options);
  const table = buildNodeTable(profile, { objectNames });
  const sums = sumNodes(profile.samples, table, values);
  return { profile, table, values, sums, dropNegative: options.dropNegative };
}

/** The profile with the beginnings of source paths taken off. */
export function trimFiles(profile: Profile, { trimPath, sourcePath }: ReportOptions): Profile {
  const { funcs, strings } = profile;
  const trimmed = new Map<number, number>();
  const file = funcs.file.map((index) => {
    let number = trimmed.get(index);
    if (number === undefined) {
      const text = strings.get(index);
      const short = trimSourcePath(text, trimPath, sourcePath);
      number = short === text ? index : strings.getOrInsert(short);
      trimmed.set(index, number);
    }
    return number;
  });
  return trimmed.size === 0 ? profile : { ...profile, funcs: { ...funcs, file } };
}
