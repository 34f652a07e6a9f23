import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/**
 * A folder with some files in it, which is gone after the test.
 *
 * @param files - relative path → text or bytes
 * @returns its absolute path
 */
export function tempFolder(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): string {
  const { path, remove } = makeTempFolder(files);
  t.after(remove);
  return path;
}

/** A folder with some files in it that several tests share; whoever made it removes it. */
export function makeTempFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): {
  /** Absolute. */
  readonly path: string;
  readonly remove: () => void;
} {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'prof-test-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
