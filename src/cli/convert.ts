import { resolve } from 'node:path';
import { ProfError } from '../error.js';
import type { Profile } from '../profile/profile.js';
import { sampleIndex } from '../profile/sample-index.js';
import type { Call, Command } from './command.js';
import type { Io } from './io.js';
import { loadProfile } from './load-profile.js';

const formats = ['cpuprofile', 'heapprofile', 'speedscope', 'folded', 'proto'] as const;
type FormatName = (typeof formats)[number];

/** `prof convert`: a profile in another tool's format. */
export const convert: Command = {
  name: 'convert',
  synopsis: 'convert [options] --to=FORMAT <profile>…',
  summary: "Write profiles in another tool's format.",
  examples: [
    'prof convert --to=cpuprofile --output=prof.cpuprofile prof.cpu',
    'prof convert --to=heapprofile --output=prof.heapprofile prof.mem',
    'prof convert --to=speedscope prof.cpu > prof.speedscope.json',
    'prof convert --to=proto node.cpuprofile > node.pb.gz',
    'prof proto --focus=parse prof.cpu | prof convert --to=folded -',
  ],
  groups: [
    {
      title: 'Format',
      options: [
        {
          name: 'to',
          value: 'FORMAT',
          help: 'cpuprofile or heapprofile (Chrome DevTools), speedscope, folded or proto (default: proto)',
        },
        {
          name: 'sample-index',
          value: 'NAME',
          help: "value to write, by name or 0-based index (default: the profile's own, else the last; speedscope and proto: all)",
        },
        { name: 'output', value: 'FILE', short: 'o', help: 'write to a file (default: standard output)' },
      ],
    },
    {
      title: 'Profiles',
      options: [
        { name: 'max-bytes', value: 'N', help: 'largest size of a profile when unzipped (1073741824)' },
      ],
    },
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  notes:
    'Several profiles are merged. They can be of any format that prof reads, told by\ntheir content; what each format keeps and loses is in docs/formats.md.\n',
  run: runConvert,
};

async function runConvert({ args, options }: Call, io: Io): Promise<number> {
  const to = options.choice('to', formats) ?? 'proto';
  const output = options.text('output') ?? '';
  if (to === 'proto' && output === '' && io.stdout.isTerminal)
    throw new ProfError('usage', 'profile.proto is not written to a terminal', {
      hint: 'Name a file with `--output FILE`, or redirect standard output.',
    });
  const profile = await loadProfile(args, options, io);
  const content = await convertTo(to, profile, options.text('sample-index') ?? '');
  if (output === '') io.stdout.write(content);
  else await writeOutput(output, content, io);
  return 0;
}

/** What a format needs is loaded only for it. */
async function convertTo(to: FormatName, profile: Profile, type: string): Promise<string | Uint8Array> {
  const index = sampleIndex(profile, type);
  switch (to) {
    case 'cpuprofile': {
      const { writeCpuprofile } = await import('../formats/write-cpuprofile.js');
      return writeCpuprofile(profile, index);
    }
    case 'heapprofile': {
      const { writeHeapprofile } = await import('../formats/write-heapprofile.js');
      return writeHeapprofile(profile, index);
    }
    case 'speedscope': {
      const { writeSpeedscope } = await import('../formats/write-speedscope.js');
      return writeSpeedscope(profile, type === '' ? undefined : index);
    }
    case 'folded':
      return folded(profile, type);
    case 'proto': {
      const { encodeProfileGzip } = await import('../profile/encode.js');
      return encodeProfileGzip(profile);
    }
  }
}

/** The same as `prof folded` without options. */
async function folded(profile: Profile, type: string): Promise<string> {
  const [{ prepareReport }, { defaultOptions }, { foldedStacks, formatFolded }] = await Promise.all([
    import('../report/report.js'),
    import('../report/options.js'),
    import('../report/folded.js'),
  ]);
  const options = { ...defaultOptions, sampleIndex: type, compile: () => () => true };
  return formatFolded(
    foldedStacks(await prepareReport(profile, { kind: 'folded', options, warn: () => {} })),
  );
}

async function writeOutput(file: string, content: string | Uint8Array, io: Io): Promise<void> {
  const { writeWhole } = await import('../file/write-whole.js');
  const hint = 'Choose another place with `--output FILE`.';
  writeWhole(resolve(io.cwd, file), content, { name: file, hint });
  io.stderr.write(`wrote ${file}\n`);
}
