import { isProfError, ProfError } from '../error.js';
import { decodeProto } from '../profile/decode.js';
import type { Profile } from '../profile/profile.js';
import { defaultMaxBytes, unpackAny } from '../profile/unpack.js';
import type { Io } from './io.js';
import { type InputKind, readInput } from './read-input.js';

/** How to read what a word of the command line means. */
export interface ReadOptions {
  /** Largest size, as it is and unzipped. */
  readonly maxBytes?: number | undefined;
  /** Length of the profile that a server is to record. */
  readonly seconds?: number | undefined;
  /** Longest wait for a server. */
  readonly timeoutSeconds?: number | undefined;
}

/** The profile that a word of the command line means: a file, `-` for standard input, or an address. */
export async function readProfile(word: string, io: Io, options: ReadOptions = {}): Promise<Profile> {
  const name = nameOf(word);
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  const profile = await decode(await readUnpacked(word, io, { ...options, maxBytes }), name);
  if (profile.sampleTypes.length === 0)
    throw new ProfError('bad-profile', `${name}: a profile without a sample type`, { hint: emptyHint });
  return profile;
}

/** Whether a word of the command line means a server, not a file. */
export function isAddress(word: string): boolean {
  return /^https?:\/\//i.test(word);
}

/** A function of its own, so that nothing holds the packed bytes while the others are decoded. */
async function readUnpacked(
  word: string,
  io: Io,
  options: ReadOptions & { maxBytes: number },
): Promise<Uint8Array> {
  const name = nameOf(word);
  const bytes = await readBytes(word, io, options);
  if (bytes.length === 0) throw new ProfError('bad-profile', `${name}: empty file`, { hint: emptyHint });
  return unpackAny(bytes, name, options.maxBytes);
}

/** How errors call what a word means. */
function nameOf(word: string): string {
  return word === '-' ? 'standard input' : word;
}

async function readBytes(
  word: string,
  io: Io,
  { maxBytes, seconds, timeoutSeconds }: ReadOptions & { maxBytes: number },
): Promise<Uint8Array> {
  if (!isAddress(word)) return readInput(word, io, profileKind(word, maxBytes));
  const { fetchProfile } = await import('./fetch-profile.js');
  return fetchProfile(word, { seconds, timeoutSeconds, maxBytes }, io);
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

/** The profile in the bytes; what other formats need is loaded only where they are not profile.proto. */
async function decode(bytes: Uint8Array, name: string): Promise<Profile> {
  const proto = tryProto(bytes, name);
  // Some texts happen to be a sound, though empty, message.
  if (!isProfError(proto) && proto.sampleTypes.length > 0) return proto;
  const { readOtherFormat } = await import('../formats/read.js');
  const other = readOtherFormat(bytes, name);
  if (other !== undefined) return other;
  if (!isProfError(proto)) return proto;
  const { looksLike } = await import('../profile/looks-like.js');
  const what = looksLike(bytes);
  if (what === undefined) throw proto;
  throw new ProfError('bad-profile', `${name}: not a profile: it looks like ${what}`, {
    cause: proto,
    hint: 'Expected profile.proto, gzipped or not, or one of the formats in docs/formats.md.',
  });
}

function tryProto(bytes: Uint8Array, name: string): Profile | ProfError {
  try {
    return decodeProto(bytes, name);
  } catch (error) {
    if (isProfError(error)) return error;
    throw error;
  }
}
