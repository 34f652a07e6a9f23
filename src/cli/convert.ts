import { encodeProfileGzip } from '../profile/encode.js';
import type { Profile } from '../profile/profile.js';
import { sampleIndex } from '../profile/sample-index.js';
import type { Call, Command } from './command.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';
import { writeReport } from './report-command.js';

const formats = ['cpuprofile', 'speedscope', 'folded', 'proto'] as const;

/** `prof convert`: a profile in another tool's format. */
export const convert: Command = {
  name: 'convert',
  synopsis: 'convert [options] --to=FORMAT <profile>…',
  summary: "Write profiles in another tool's format.",
  examples: [
    'prof convert --to=cpuprofile --output=prof.cpuprofile prof.cpu',
    'prof convert --to=speedscope prof.cpu > prof.speedscope.json',
    'prof convert --to=proto node.cpuprofile > node.pb.gz',
  ],
  groups: [
    {
      title: 'Format',
      options: [
        { name: 'to', value: 'FORMAT', help: 'cpuprofile (Chrome DevTools), speedscope, folded or proto' },
        { name: 'sample-index', value: 'NAME', help: 'value to write, where the format has only one' },
        { name: 'output', value: 'FILE', short: 'o', help: 'write to a file' },
        { name: 'max-bytes', value: 'N', help: 'largest size of a profile when unzipped (1073741824)' },
      ],
    },
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  run: runConvert,
};

async function runConvert({ args, options }: Call, io: Io): Promise<number> {
  const to = options.choice('to', formats) ?? 'proto';
  const profile = await loadProfile(args, options, io);
  const index = sampleIndex(profile, options.text('sample-index') ?? '');
  writeReport(await convertTo(to, profile, index), { file: options.text('output') }, io);
  return 0;
}

async function convertTo(
  to: (typeof formats)[number],
  profile: Profile,
  index: number,
): Promise<string | Uint8Array> {
  switch (to) {
    case 'cpuprofile':
      return (await import('../formats/write-cpuprofile.js')).writeCpuprofile(profile, index);
    case 'speedscope':
      return (await import('../formats/write-speedscope.js')).writeSpeedscope(profile, index);
    case 'folded':
      return (await import('../formats/write-folded.js')).writeFolded(profile, index);
    case 'proto':
      return encodeProfileGzip(profile);
  }
}
