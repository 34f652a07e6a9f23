import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ProfError, systemCode } from '../error.js';
import { decodeProto } from '../profile/decode.js';
import { looksLike } from '../profile/looks-like.js';
import type { Profile } from '../profile/profile.js';
import { defaultMaxBytes, unpack } from '../profile/unpack.js';
import type { Io } from './io.js';

/** The profile that a word of the command line means: a file, or `-` for standard input. */
export async function readProfile(
  word: string,
  io: Io,
  maxBytes: number = defaultMaxBytes,
): Promise<Profile> {
  const name = word === '-' ? 'standard input' : word;
  const bytes = word === '-' ? await io.readStdin() : await readBytes(word, io, maxBytes);
  if (bytes.length === 0) throw new ProfError('bad-profile', `${name}: empty file`, { hint: emptyHint });
  return decode(unpack(bytes, name, maxBytes), name);
}

const emptyHint = 'The program that was to write it may have been stopped before its end.';

async function readBytes(file: string, io: Io, maxBytes: number): Promise<Uint8Array> {
  const path = isAbsolute(file) ? file : join(io.cwd, file);
  try {
    const stats = await stat(path);
    if (stats.isDirectory())
      throw new ProfError('unreadable', `${file}: is a directory`, {
        hint: 'Name a profile, such as prof.cpu.',
      });
    if (stats.size > maxBytes)
      throw new ProfError(
        'bad-profile',
        `${file}: ${stats.size} bytes are more than the limit of ${maxBytes}`,
        {
          hint: 'Raise the limit with --max-bytes if the file is to be trusted.',
        },
      );
    return await readFile(path);
  } catch (error) {
    throw readError(error, file);
  }
}

function readError(cause: unknown, file: string): unknown {
  const code = systemCode(cause);
  if (cause instanceof ProfError || code === undefined) return cause;
  if (code === 'ENOENT')
    return new ProfError('not-found', `${file}: no such file`, {
      cause,
      hint: 'Run `prof bench <variant>` to record prof.cpu and prof.mem.',
    });
  if (code === 'EACCES' || code === 'EPERM')
    return new ProfError('unreadable', `${file}: permission denied`, {
      cause,
      hint: 'Check who may read it.',
    });
  return new ProfError('unreadable', `${file}: cannot be read (${code})`, { cause });
}

function decode(bytes: Uint8Array, name: string): Profile {
  try {
    return decodeProto(bytes, name);
  } catch (error) {
    if (!(error instanceof ProfError)) throw error;
    const what = looksLike(bytes);
    if (what === undefined) throw error;
    throw new ProfError('bad-profile', `${name}: not a profile: it looks like ${what}`, {
      cause: error,
      hint: 'Expected profile.proto, gzipped or not, as `prof bench` and `go test` write it.',
    });
  }
}
