import { encodeProfileGzip } from '../profile/encode.js';
import { topProfile } from '../report/proto.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof topproto`: the table of `prof top` as a profile. */
export const topproto: ReportingCommand = reportCommand({
  name: 'topproto',
  kind: 'topproto',
  summary: 'Write the functions with the largest values as profile.proto.',
  examples: ['prof topproto --output=top.pb.gz prof.cpu'],
  rows: topProfile,
  text: (profile) => encodeProfileGzip(profile),
  json: async (profile, report) =>
    (await import('../report/json-reports.js')).rawJson({ ...report, profile }),
});
