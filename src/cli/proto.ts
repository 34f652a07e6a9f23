import { encodeProfileGzip } from '../profile/encode.js';
import { reportProfile } from '../report/proto.js';
import { type ReportingCommand, reportCommand } from './report-command.js';

/** `prof proto`: the profile that the filters leave. */
export const proto: ReportingCommand = reportCommand({
  name: 'proto',
  kind: 'proto',
  summary: 'Write the profile that the filters leave, as profile.proto.',
  examples: ['prof proto --focus=handleHi prof.cpu > hi.cpu', 'prof proto --output=both.cpu a.cpu b.cpu'],
  rows: reportProfile,
  text: (profile) => encodeProfileGzip(profile),
  json: async (profile, report) =>
    (await import('../report/json-reports.js')).rawJson({ ...report, profile }),
});
