import type { Profile } from '../profile/profile.js';

/** A file of another tool, opened far enough to tell what it is. */
export interface OpenedFile {
  readonly bytes: Uint8Array;
  /** Where it comes from, for errors. */
  readonly name: string;
  /** The bytes as text; undefined where they are none. */
  readonly text: string | undefined;
  /** The text as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** A format that can be read: told by content, never by name. */
export interface Format {
  /** The format's name, as docs/formats.md and `--to` write it. */
  readonly name: string;
  /** Whether the file is of this format; it may still be damaged. */
  detects(file: OpenedFile): boolean;
  /** @throws ProfError `bad-profile` for a damaged file */
  decode(file: OpenedFile): Profile;
}
