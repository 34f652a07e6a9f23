/**
 * What kind of file bytes that are no profile look like, for an error message: `a PNG image`.
 *
 * @returns undefined where nothing is known about them
 */
export function looksLike(bytes: Uint8Array): string | undefined {
  const known = signatures.find(({ start }) => start.every((byte, i) => bytes[i] === byte));
  if (known !== undefined) return known.what;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('utf8');
  if (!isText(head)) return undefined;
  return texts.find(({ pattern }) => pattern.test(head))?.what ?? 'a text';
}

const bytesOf = (text: string): number[] => [...Buffer.from(text, 'latin1')];

const signatures: readonly { readonly start: readonly number[]; readonly what: string }[] = [
  { start: bytesOf('\x7fELF'), what: 'an ELF binary' },
  { start: bytesOf('\x89PNG'), what: 'a PNG image' },
  { start: bytesOf('GIF8'), what: 'a GIF image' },
  { start: bytesOf('\xff\xd8\xff'), what: 'a JPEG image' },
  { start: bytesOf('%PDF'), what: 'a PDF document' },
  { start: bytesOf('PK\x03\x04'), what: 'a zip archive' },
  { start: bytesOf('\x28\xb5\x2f\xfd'), what: 'zstd data' },
  { start: bytesOf('\xfd7zXZ'), what: 'xz data' },
  { start: bytesOf('BZh'), what: 'bzip2 data' },
  { start: bytesOf('\xcf\xfa\xed\xfe'), what: 'a Mach-O binary' },
  { start: bytesOf('\0asm'), what: 'a WebAssembly module' },
  { start: bytesOf('MZ'), what: 'a Windows program' },
  { start: bytesOf('PERFILE2'), what: 'data of Linux perf (run `perf script` on it)' },
  { start: bytesOf('go 1.'), what: 'a Go execution trace' },
];

const texts: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /^\s*\{[\s\S]*"nodes"\s*:[\s\S]*"callFrame"/, what: 'a V8 .cpuprofile' },
  { pattern: /^\s*\{\s*"head"\s*:/, what: 'a V8 .heapprofile' },
  { pattern: /^\s*\{\s*"snapshot"\s*:/, what: 'a V8 heap snapshot' },
  { pattern: /^\s*[[{]/, what: 'JSON' },
  { pattern: /^\s*<(!doctype html|html)/i, what: 'an HTML page' },
  { pattern: /^\s*</, what: 'XML' },
  { pattern: /^Benchmark\w+.*ns\/op|^goos: |^pkg: /m, what: 'benchmark results' },
];

/** A text has hardly any control characters, and no bytes that are no UTF-8. */
function isText(head: string): boolean {
  const odd = head.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  return head.length > 0 && odd <= 1;
}
