import assert from 'node:assert/strict';
import { decodeOther } from '../../src/formats/read-any.js';
import { decodeProfile } from '../../src/profile/decode.js';
import { encodeProfile } from '../../src/profile/encode.js';
import type { Profile } from '../../src/profile/profile.js';
import { defaultOptions } from '../../src/report/options.js';
import { formatRaw } from '../../src/report/raw.js';
import { prepareReport } from '../../src/report/report.js';

/** The text dump of a profile. */
export async function dump(profile: Profile): Promise<string> {
  const options = { ...defaultOptions, compile: () => () => true };
  return formatRaw(await prepareReport(profile, { kind: 'raw', options, warn: () => {} }));
}

/** Reads a file told by its content alone, and checks that profile.proto keeps all of it. */
export async function checkConverter(bytes: string | Uint8Array): Promise<Profile> {
  const profile = decodeOther(Buffer.from(bytes), 'x');
  assert.ok(profile !== undefined, 'no format was detected');
  const again = decodeProfile(encodeProfile(profile), 'x');
  assert.equal(await dump(again), await dump(profile));
  return profile;
}
