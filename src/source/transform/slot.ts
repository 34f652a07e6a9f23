import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadFnOutput } from '../node-module.js';
import type { CodeKind } from './parse-code.js';

/** Changes the text of files before they are run. */
export interface InstalledTransform {
  /** @param name - URL or path of the file */
  readonly transform: (code: string, name: string, kind: CodeKind | undefined) => string;
  /** Shared memory that Node 20's thread of load hooks counts sites in, where it has to install the transform. */
  readonly sites: SharedArrayBuffer | undefined;
  /** Whether it is lost updates that are looked for. */
  readonly isForUpdates?: boolean;
}

let installed: InstalledTransform | undefined;

const ownFolder = new URL('../../', import.meta.url).href;
/** What loads TypeScript is loaded in every thread that has any, and takes a while to read. */
const stripper = /\/node_modules\/@swc\/wasm-typescript\//;

function isOwn(url: string): boolean {
  return url.startsWith(ownFolder) || stripper.test(url);
}

/** Has every file that is loaded from now on changed, but for our own. */
export function installTransform(transform: InstalledTransform): void {
  installed = transform;
}

/** Has files run as they are again. */
export function removeTransform(): void {
  installed = undefined;
}

/** What is installed, for other threads. */
export function installedTransform(): InstalledTransform | undefined {
  return installed;
}

/** The text that is to run. */
export function transformSource(code: string, url: string, kind: CodeKind | undefined): string {
  return installed === undefined || isOwn(url) ? code : installed.transform(code, url, kind);
}

const formats: Readonly<Record<string, CodeKind | undefined>> = {
  module: 'module',
  commonjs: 'commonjs',
  'commonjs-sync': 'commonjs',
};

// Node 20 has our hooks twice in its thread of hooks, which requires what every thread does.
const done = new WeakSet<LoadFnOutput>();

/** What a load hook returns, its text changed where it is JavaScript. */
export function transformLoaded(loaded: LoadFnOutput, url: string): LoadFnOutput {
  const { format } = loaded;
  // Node does not know the format of a `.js` that is required where no package.json tells it.
  const isCode = format == null || format in formats;
  if (installed === undefined || !isCode || url.startsWith('node:') || done.has(loaded)) return loaded;
  const source = loaded.source ?? (url.startsWith('file:') ? readFileSync(fileURLToPath(url)) : undefined);
  if (source === undefined) return loaded;
  const code = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const changed = transformSource(code, url, format == null ? undefined : formats[format]);
  if (changed === code) return loaded; // which may be no text at all
  const made = { ...loaded, source: changed };
  done.add(made);
  return made;
}
