import type { GraphSource } from '../graph/build.js';
import { buildNodeTable } from '../graph/node-table.js';
import { sumNodes } from '../graph/sums.js';
import type { Profile } from '../profile/profile.js';
import type { ReportOptions } from './options.js';
import type { Report } from './report.js';
import { trimSourcePath } from './trim-path.js';

/** What the graph of a report is made from. */
export function graphSource(report: Report, objectNames: boolean): GraphSource {
  const profile = trimFiles(report.profile, report.options);
  const table = buildNodeTable(profile, { objectNames });
  const sums = sumNodes(profile.samples, table, report.values);
  return {
    ...{ profile, table, sums, values: report.values, dropNegative: report.options.dropNegative },
    trimmedAgain: () => {
      const again = trimFiles(profile, report.options);
      return again === profile ? undefined : graphSource({ ...report, profile }, objectNames);
    },
  };
}

/** The profile with the beginnings of source paths taken off. */
export function trimFiles(profile: Profile, { trimPath, sourcePath }: ReportOptions): Profile {
  const { funcs, strings } = profile;
  const trimmed = new Map<number, number>();
  let changed = false;
  const file = funcs.file.map((index) => {
    let number = trimmed.get(index);
    if (number === undefined) {
      const text = strings.get(index);
      const short = trimSourcePath(text, trimPath, sourcePath);
      number = short === text ? index : strings.getOrInsert(short);
      trimmed.set(index, number);
      changed ||= short !== text;
    }
    return number;
  });
  return !changed ? profile : { ...profile, funcs: { ...funcs, file } };
}
