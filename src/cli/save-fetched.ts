import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { formatError, isProfError, ProfError, systemCode } from '../error.js';
import { writeWhole } from '../file/write-whole.js';
import { encodeProfileGzip } from '../profile/encode.js';
import type { Profile } from '../profile/profile.js';
import type { Io } from './io.js';

const hint = 'Name a folder for profiles from servers with the variable PPROF_TMPDIR.';

/**
 * Keeps a profile that came from a server, as pprof does: what took half a minute to record is there for
 * the next report. Says where; where it cannot be kept, that is a remark and the report goes on.
 */
export function saveFetched(profile: Profile, io: Io): void {
  try {
    const folder = folderFor(io.env);
    mkdirSync(folder, { recursive: true });
    const file = reserve(join(folder, nameOf(profile)));
    write(file, profile);
    io.stderr.write(`Saved profile in ${file}\n`);
  } catch (error) {
    const reason = systemCode(error);
    if (isProfError(error)) io.stderr.write(formatError(error));
    else if (reason === undefined) throw error;
    else
      io.stderr.write(
        formatError(new ProfError('unwritable', `could not save profile: ${reason}`, { hint })),
      );
  }
}

function folderFor(env: Io['env']): string {
  if (env['PPROF_TMPDIR']) return env['PPROF_TMPDIR'];
  return env['HOME'] ? join(env['HOME'], 'pprof') : tmpdir();
}

/** `pprof.PROGRAM.TYPE.TYPE.`; the texts are a stranger's. */
function nameOf({ mappings, sampleTypes }: Profile): string {
  const program = basename(mappings[0]?.file ?? '');
  const words = [program, ...sampleTypes.map(({ type }) => type)].filter((word) => word !== '');
  const safe = words.map((word) => word.replace(/[^\w-]+/g, '_').slice(0, 60)).slice(0, 8);
  return ['pprof', ...safe, ''].join('.');
}

/** Makes the first file `…NNN.pb.gz` that is not there. */
function reserve(prefix: string): string {
  for (let i = 1; ; i++) {
    const file = `${prefix}${String(i).padStart(3, '0')}.pb.gz`;
    try {
      closeSync(openSync(file, 'wx'));
      return file;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

function write(file: string, profile: Profile): void {
  try {
    writeWhole(file, encodeProfileGzip(profile), { hint });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
