/** The text of a benchmark file: UTF-8, or UTF-16 as PowerShell's `>` writes it; byte order marks are left out. */
function decodeBenchText(bytes: Uint8Array): string {
  const encoding = utf16Of(bytes) ?? 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** What a file is that holds no results, as a clause for a message; undefined where it may be a run all the same. */
export function describeNoRun(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'it is empty';
  if (startsWith(bytes, [0x1f, 0x8b])) return 'it looks like a profile (gzip)';
  if (startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return 'it looks like compressed data (zstd)';
  const head = bytes.subarray(0, 4096);
  if (utf16Of(bytes) === undefined && head.includes(0)) return 'it looks like a binary file';
  return describeText(decodeBenchText(head));
}

function describeText(text: string): string | undefined {
  if (/^\s*\{\s*"(?:nodes|head|startTime|endTime|samples)"/.test(text))
    return "it looks like one of V8's profiles (JSON)";
  if (/^\s*[{[]/.test(text)) return 'it looks like JSON';
  if (/^(?:---|\+\+\+|diff) /.test(text)) return 'it looks like a patch';
  return undefined;
}

/** The kind of UTF-16 that a byte order mark at the beginning says; undefined where there is none. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
