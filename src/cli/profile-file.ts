import { ProfError } from '../error.js';
import { decodeProto } from '../profile/decode.js';
import type { Profile } from '../profile/profile.js';
import { defaultMaxBytes, unpackAny } from '../profile/unpack.js';
import type { Io } from './io.js';
import { type InputKind, readInput } from './read-input.js';

/** The profile that a word of the command line means: a file, or `-` for standard input. */
export async function readProfile(
  word: string,
  io: Io,
  maxBytes: number = defaultMaxBytes,
): Promise<Profile> {
  const name = word === '-' ? 'standard input' : word;
  const bytes = await readInput(word, io, profileKind(word, maxBytes));
  if (bytes.length === 0) throw new ProfError('bad-profile', `${name}: empty file`, { hint: emptyHint });
  const profile = await decode(await unpackAny(bytes, name, maxBytes), name);
  if (profile.sampleTypes.length === 0)
    throw new ProfError('bad-profile', `${name}: a profile without a sample type`, { hint: emptyHint });
  return profile;
}

const emptyHint = 'The program that was to write it may have been stopped before its end.';

function profileKind(file: string, maxBytes: number): InputKind {
  return {
    folderHint: 'Name a profile in it, such as prof.cpu.',
    missingHint: 'Run `prof bench <variant>` to record prof.cpu and prof.mem.',
    checkSize: (bytes) => {
      if (bytes <= maxBytes) return;
      throw new ProfError('bad-profile', `${file}: ${bytes} bytes are more than the limit of ${maxBytes}`, {
        hint: 'Raise the limit with --max-bytes if the file is to be trusted.',
      });
    },
  };
}

async function decode(bytes: Uint8Array, name: string): Promise<Profile> {
  try {
    return decodeProto(bytes, name);
  } catch (error) {
    if (!(error instanceof ProfError)) throw error;
    const [{ decodeOther }, { looksLike }] = await Promise.all([
      import('../formats/read-any.js'),
      import('../profile/looks-like.js'),
    ]);
    const other = decodeOther(bytes, name);
    if (other !== undefined) return other;
    const what = looksLike(bytes);
    if (what === undefined) throw error;
    throw new ProfError('bad-profile', `${name}: not a profile: it looks like ${what}`, {
      cause: error,
      hint: 'Expected profile.proto, or a format of docs/formats.md.',
    });
  }
}
