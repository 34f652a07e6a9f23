/** The rules of a time zone as the system's tables have them. */
export interface ZoneRules {
  /** Seconds since 1970, ascending: from each on, the kind of the same index applies. */
  readonly transitions: readonly number[];
  readonly kinds: readonly ZoneKind[];
  /** What applies before the first transition. */
  readonly first: ZoneKind;
}

/** An offset from UTC and its name. */
export interface ZoneKind {
  readonly offsetSeconds: number;
  readonly name: string;
}

/**
 * Reads a zoneinfo file.
 *
 * @returns undefined where the bytes are none, or none of version 2 or later
 * @see https://www.rfc-editor.org/rfc/rfc8536
 */
export function parseZoneFile(bytes: Buffer): ZoneRules | undefined {
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'TZif' || (bytes[4] ?? 0) < 0x32)
    return undefined;
  // The first block is there for readers of version 1; the second has 64-bit times.
  const start = 44 + blockSize(readHeader(bytes, 0), 4);
  return start + 44 > bytes.length ? undefined : parseBlock(bytes, start);
}

interface Header {
  readonly isUt: number;
  readonly isStandard: number;
  readonly leaps: number;
  readonly times: number;
  readonly types: number;
  readonly chars: number;
}

function readHeader(bytes: Buffer, at: number): Header {
  const [isUt = 0, isStandard = 0, leaps = 0, times = 0, types = 0, chars = 0] = [20, 24, 28, 32, 36, 40].map(
    (offset) => bytes.readUInt32BE(at + offset),
  );
  return { isUt, isStandard, leaps, times, types, chars };
}

function blockSize({ isUt, isStandard, leaps, times, types, chars }: Header, timeSize: number): number {
  return times * (timeSize + 1) + types * 6 + chars + leaps * (timeSize + 4) + isStandard + isUt;
}

function parseBlock(bytes: Buffer, start: number): ZoneRules | undefined {
  const header = readHeader(bytes, start);
  const times = start + 44;
  const indices = times + header.times * 8;
  const types = indices + header.times;
  const names = types + header.types * 6;
  if (header.types === 0 || times + blockSize(header, 8) > bytes.length) return undefined;
  const kind = (i: number): ZoneKind => {
    const at = types + i * 6;
    const name = names + (bytes[at + 5] ?? 0);
    return {
      offsetSeconds: bytes.readInt32BE(at),
      name: bytes.toString('latin1', name, bytes.indexOf(0, name)),
    };
  };
  const range = Array.from({ length: header.times }, (_, i) => i);
  return {
    transitions: range.map((i) => Number(bytes.readBigInt64BE(times + i * 8))),
    kinds: range.map((i) => kind(bytes[indices + i] ?? 0)),
    first: kind(0),
  };
}
