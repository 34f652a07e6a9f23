import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { goarchOf, goosOf, type RunConfig } from '../benchfmt/format-run.js';

/**
 * What machine and package a run belongs to.
 *
 * @param folder - absolute path of the variant; the nearest package.json at or above it names the package
 */
export function runConfig(folder: string): RunConfig {
  return {
    goos: goosOf(process.platform),
    goarch: goarchOf(process.arch, process.platform),
    // Go's own word for a file that belongs to no package.
    pkg: packageName(folder) ?? 'command-line-arguments',
    cpu: cpus()[0]?.model || 'unknown',
    node: process.version,
  };
}

function packageName(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const name = readName(join(at, 'package.json'));
    if (name !== undefined || dirname(at) === at) return name;
  }
}

function readName(file: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const name =
      typeof manifest === 'object' && manifest !== null && 'name' in manifest ? manifest.name : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
