import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProfError } from '../../src/error.js';
import { detectFormat, readOtherFormat } from '../../src/formats/read.js';
import { Source } from '../../src/formats/source.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfile } from '../../src/profile/encode.js';
import type { Profile } from '../../src/profile/profile.js';
import { defaultOptions } from '../../src/report/options.js';
import { formatRaw } from '../../src/report/raw.js';
import { prepareReport } from '../../src/report/report.js';
import { golden } from '../golden.js';

const folder = join(fileURLToPath(import.meta.url), '../../data/formats');

/** The bytes of a checked-in file. */
function formatBytes(file: string): Buffer {
  return readFileSync(join(folder, file));
}

/** A profile's tables as `prof raw` prints them. */
async function dump(profile: Profile): Promise<string> {
  const options = { ...defaultOptions, compile: () => () => true };
  return formatRaw(await prepareReport(profile, { kind: 'raw', options, warn: () => {} }));
}

/** The profile in the bytes of another tool's file. */
export function readBytes(bytes: Uint8Array, name = 'x'): Profile {
  const profile = readOtherFormat(bytes, name);
  assert.ok(profile !== undefined, `${name} was not recognised`);
  return profile;
}

/**
 * All that holds of every format: the file is told by its content, its dump is the checked-in one, it
 * survives profile.proto, and, where prof can write the format, its own.
 *
 * @param file - in test/data/formats; its golden is beside it
 * @param name - of the format, as its reader calls it
 * @param write - makes a file of the same format
 */
export async function checkConverter(
  file: string,
  name: string,
  write?: (profile: Profile) => Uint8Array | string,
): Promise<void> {
  const bytes = formatBytes(file);
  assert.equal(detectFormat(new Source(bytes, 'x'))?.name, name, 'told by its content');
  const profile = readBytes(bytes, file);
  const text = await dump(profile);
  golden(text, `test/data/formats/${file}.txt`);
  assert.equal(await dump(decodeProfile(encodeProfile(profile), file)), text, 'as profile.proto');
  if (write === undefined) return;
  const written = Buffer.from(write(profile));
  assert.equal(detectFormat(new Source(written, 'x'))?.name, name, 'told by its content when written');
  assert.equal(await dump(readBytes(written)), text, 'in its own format');
}

/** Reads a file told by its content alone, and checks that profile.proto keeps all of it. */
export async function readWhole(content: string | Uint8Array): Promise<Profile> {
  const profile = readBytes(Buffer.from(content));
  const again = decodeProfile(encodeProfile(profile), 'x');
  assert.equal(await dump(again), await dump(profile));
  return profile;
}

/** The message of the error that bytes are answered with. */
export function errorOf(content: Uint8Array | string): string {
  try {
    readBytes(Buffer.from(content));
  } catch (error) {
    assert.ok(error instanceof ProfError, `${error instanceof Error ? error.stack : error}`);
    return error.message;
  }
  return assert.fail('no error');
}
