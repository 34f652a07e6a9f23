import { ProfError } from '../error.js';
import { signedBigInt, signedNumber, unsignedBigInt } from './word64.js';

/** Wire types of protocol buffers that carry something here. */
export const wireVarint = 0;
export const wireBytes = 2;

/**
 * Reads protocol buffers from a byte array, with a position that errors can name. A varint is left
 * in `low` and `high`, two unsigned 32-bit words, so that reading one makes no object.
 */
export class WireReader {
  readonly bytes: Uint8Array;
  /** Where the profile comes from, for errors. */
  readonly name: string;
  /** Position of the next byte. */
  pos = 0;
  low = 0;
  high = 0;
  /** Field number and wire type of the tag read last. */
  field = 0;
  wireType = 0;
  /** Length of the field of bytes read last. */
  size = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.bytes = bytes;
    this.name = name;
  }

  /** Reads a varint of at most ten bytes that ends before `end`. */
  varint(end: number): void {
    const { bytes, pos } = this;
    const byte = pos < end ? bytes[pos]! : 0x80;
    if (byte >= 0x80) this.#longVarint(end);
    else {
      this.pos = pos + 1;
      this.low = byte;
      this.high = 0;
    }
  }

  #longVarint(end: number): void {
    const { bytes } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0, pos = this.pos; shift < 70 && pos < end; shift += 7) {
      const byte = bytes[pos++]!;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= (bits & 1) << 31;
      if (byte >= 0x80) continue;
      this.pos = pos;
      this.low = low >>> 0;
      this.high = high >>> 0;
      return;
    }
    throw this.error('a number without end');
  }

  /** Reads the tag of a field into `field` and `wireType`. */
  tag(end: number): void {
    this.varint(end);
    this.wireType = this.low & 7;
    // A field number past 2^29 is nobody's; all of them are skipped alike.
    this.field = this.high === 0 ? this.low >>> 3 : -1;
  }

  /** Reads the length of a field of bytes and returns where the field ends. */
  bytesEnd(end: number): number {
    this.varint(end);
    if (this.high !== 0 || this.low > end - this.pos)
      throw this.error(
        `a length of ${unsignedBigInt(this.low, this.high)} bytes where ${end - this.pos} are left`,
      );
    this.size = this.low;
    return this.pos + this.low;
  }

  /** Passes over the value of a field of the wire type read last. */
  skip(end: number): void {
    if (this.wireType === wireVarint) this.varint(end);
    else if (this.wireType === wireBytes) this.pos = this.bytesEnd(end);
    else if (this.wireType === 1) this.pass(8, end);
    else if (this.wireType === 5) this.pass(4, end);
    else throw this.error(`unknown wire type ${this.wireType}`);
  }

  pass(count: number, end: number): void {
    if (end - this.pos < count) throw this.error(`${count} bytes expected where ${end - this.pos} are left`);
    this.pos += count;
  }

  /** Checks that the field whose tag was read last has the wire type that its number calls for. */
  expect(wireType: number, what: string): void {
    if (this.wireType !== wireType) throw this.error(`${what} has wire type ${this.wireType}`);
  }

  /** A varint field as int64 that is a safe integer. */
  safeInteger(end: number, what: string): number {
    this.expect(wireVarint, what);
    this.varint(end);
    const value = signedNumber(this.low, this.high);
    if (!Number.isSafeInteger(value))
      throw this.error(`${what} of ${signedBigInt(this.low, this.high)}, which is past 2^53`);
    return value;
  }

  /** A varint field as int64. */
  int64(end: number, what: string): bigint {
    this.expect(wireVarint, what);
    this.varint(end);
    return signedBigInt(this.low, this.high);
  }

  /** A varint field as uint64. */
  uint64(end: number, what: string): bigint {
    this.expect(wireVarint, what);
    this.varint(end);
    return unsignedBigInt(this.low, this.high);
  }

  /** A varint field as truth value. */
  bool(end: number, what: string): boolean {
    this.expect(wireVarint, what);
    this.varint(end);
    return this.low !== 0 || this.high !== 0;
  }

  /** A varint field as index below `count`. */
  index(end: number, count: number, what: string): number {
    this.expect(wireVarint, what);
    this.varint(end);
    if (this.high !== 0 || this.low >= count)
      throw this.error(`${what} ${signedBigInt(this.low, this.high)} of ${count} strings`);
    return this.low;
  }

  /** The error of a file that is broken at the current position. */
  error(problem: string): ProfError {
    return badProfile(this.name, `${problem} at byte ${this.pos}`);
  }
}

/** The error of a file that is no sound profile. */
export function badProfile(name: string, problem: string): ProfError {
  return new ProfError('bad-profile', `${name}: malformed profile: ${problem}`, {
    hint: 'The file is damaged or no profile.proto; record or copy it again.',
  });
}
