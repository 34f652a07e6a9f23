import { formatError, isProfError, ProfError } from '../error.js';
import { withoutSourceAddresses, withSomeMapping } from '../profile/mappings.js';
import type { Matcher } from '../profile/match.js';
import type { SubtractOptions } from '../profile/merge.js';
import type { Profile } from '../profile/profile.js';
import type { Io } from './io.js';
import { type Options, wrongValue } from './options.js';
import { isAddress, type ReadOptions, readProfile } from './profile-file.js';

/** The profile that a command line asks for: its files merged, the base's taken away, frames dropped. */
export async function loadProfile(files: readonly string[], options: Options, io: Io): Promise<Profile> {
  const base = baseOf(options);
  if (options.flag('normalize') && base.files.length === 0)
    throw new ProfError('usage', '--normalize needs a profile to normalize by', {
      hint: 'Give one with --base or --diff-base.',
    });
  const how = {
    maxBytes: maxBytesOf(options),
    seconds: options.integer('seconds', 1),
    timeoutSeconds: options.integer('timeout', 1),
  };
  const own = await readAll(files, io, how);
  const subtracted = base.files.length === 0 ? undefined : await readAll(base.files, io, how);
  const normalize = options.flag('normalize');
  const profile =
    subtracted === undefined ? own : await subtract(own, subtracted, { mark: base.mark, normalize });
  const ready = withComment(await dropped(profile, options), options.text('add-comment'));
  if ([...files, ...base.files].some(isAddress)) {
    const { saveFetched } = await import('./save-fetched.js');
    saveFetched(ready, io);
  }
  return ready;
}

/** Offsets into a profile are 32 bit. */
const mostBytes = 2 ** 32 - 1;

function maxBytesOf(options: Options): number | undefined {
  const maxBytes = options.integer('max-bytes', 1);
  if (maxBytes === undefined || maxBytes <= mostBytes) return maxBytes;
  throw wrongValue('max-bytes', String(maxBytes), `${mostBytes} or less`);
}

function baseOf(options: Options): { files: readonly string[]; mark: boolean } {
  const [base, diffBase] = [options.list('base'), options.list('diff-base')];
  if (base.length > 0 && diffBase.length > 0)
    throw new ProfError('usage', 'conflicting options: --base and --diff-base', {
      hint: 'Give one of them.',
    });
  return diffBase.length > 0 ? { files: diffBase, mark: true } : { files: base, mark: false };
}

/** The files merged. One that cannot be read is a remark as long as there is another. */
async function readAll(files: readonly string[], io: Io, how: ReadOptions): Promise<Profile> {
  const profiles: Profile[] = [];
  const errors: ProfError[] = [];
  for (const file of files) {
    try {
      profiles.push(withSomeMapping(await readProfile(file, io, how)));
    } catch (error) {
      if (!isProfError(error)) throw error;
      errors.push(error);
    }
  }
  const [first, ...others] = errors;
  if (profiles.length === 0 && first !== undefined) {
    for (const error of others) io.stderr.write(formatError(error));
    throw first;
  }
  for (const error of errors) io.stderr.write(formatError(error));
  if (errors.length > 0) io.stderr.write(`prof: read ${profiles.length} profiles out of ${files.length}\n`);
  const [only] = profiles;
  if (only !== undefined && profiles.length === 1 && hasDistinctTypes(only)) return only;
  const { mergeProfiles } = await import('../profile/merge.js');
  return mergeProfiles(profiles);
}

/** Types of one name are left out where profiles are merged, be it only one. */
function hasDistinctTypes({ sampleTypes }: Profile): boolean {
  return new Set(sampleTypes.map(({ type }) => type)).size === sampleTypes.length;
}

async function subtract(own: Profile, base: Profile, options: SubtractOptions): Promise<Profile> {
  const { subtractProfile } = await import('../profile/merge.js');
  return subtractProfile(own, base, options);
}

async function dropped(profile: Profile, options: Options): Promise<Profile> {
  const kept = options.flag('all-frames') ? { ...profile, dropFrames: '', keepFrames: '' } : profile;
  if (kept.dropFrames === '') return withoutSourceAddresses(kept);
  const { dropFrames } = await import('../profile/drop-frames.js');
  return withoutSourceAddresses(dropFrames(kept, await loadLenientCompile()));
}

async function loadLenientCompile(): Promise<(pattern: string) => Matcher | undefined> {
  const { compileRe2 } = await import('../text/regexp.js');
  return (pattern) => {
    const compiled = compileRe2(pattern);
    return 'test' in compiled ? compiled.test : undefined;
  };
}

function withComment(profile: Profile, comment: string | undefined): Profile {
  return comment === undefined || comment === ''
    ? profile
    : { ...profile, comments: [...profile.comments, comment] };
}
