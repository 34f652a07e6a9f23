import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StatJson } from '../compare/stat-json.js';
import type { Profile } from '../profile/profile.js';
import type { SourceLines } from '../report/sources.js';
import { packProfile } from './pack-profile.js';
import { formatPage } from './page-html.js';
import { assetFile } from './site.js';
import type { Session } from './viewer.js';

/** What a page that stands alone shows; at least one of the two is there. */
export interface StandaloneContent {
  readonly session: Session | undefined;
  readonly runs: StatJson | undefined;
}

/** What such a page reads besides profiles. */
export interface StandaloneData {
  /** Undefined without profiles. */
  readonly session:
    | {
        readonly title: string;
        /** The profiles' names; where there is one, it is the whole. */
        readonly names: readonly string[];
        readonly hasBase: boolean;
        /** What is no function of `ReportOptions`. */
        readonly options: Readonly<Record<string, unknown>>;
        readonly sources: Readonly<Record<string, SourceLines>>;
      }
    | undefined;
  readonly runs: StatJson | null;
}

/** Sources of more characters in all are left out: a page is to be sent around. */
const maxSourceLength = 2_000_000;

/**
 * The whole view as one page: profiles, the sources that they name, everything that looks at them. It loads nothing
 * and runs no script but its own, which it knows by their hashes.
 */
export async function standalonePage({ session, runs }: StandaloneContent): Promise<string> {
  const [style, script, graphviz] = await Promise.all([
    asset('page.css'),
    asset('alone.js'),
    asset('graphviz-worker.js'),
  ]);
  const data = dataOf(session, runs);
  const profiles = session === undefined ? [] : profilesOf(session);
  const texts = [new TextEncoder().encode(JSON.stringify(data)), new TextEncoder().encode(graphviz)];
  const [json, worker, ...packed] = await Promise.all([...texts, ...profiles.map(packProfile)].map(packText));
  return formatPage({
    title: session?.title ?? 'Runs',
    policy: policyFor(style, script),
    ...{ style, script },
    data: [
      { id: 'data', text: json ?? '' },
      { id: 'graphviz', text: worker ?? '' },
      ...packed.map((text, i) => ({ id: `profile${i}`, text })),
    ],
  });
}

async function asset(name: string): Promise<string> {
  return readFile(assetFile(name), 'utf8');
}

const pack = promisify(gzip);

async function packText(bytes: Uint8Array): Promise<string> {
  return (await pack(bytes, { level: 6 })).toString('base64');
}

/** Nothing from outside; graphs are laid out by WebAssembly in a worker that the page makes itself. */
function policyFor(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    'img-src data: blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** One profile is the whole; of several the page makes the whole itself. */
function profilesOf({ profiles, whole }: Session): readonly Profile[] {
  return profiles.length === 1 ? [whole] : profiles.map(({ profile }) => profile);
}

function dataOf(session: Session | undefined, runs: StatJson | undefined): StandaloneData {
  if (session === undefined) return { session: undefined, runs: runs ?? null };
  const { title, profiles, hasBase, options } = session;
  const { compile: _compile, timeZone: _timeZone, ...plain } = options;
  const names = profiles.map(({ name }) => name);
  return {
    session: { title, names, hasBase, options: plain, sources: sourcesOf(session) },
    runs: runs ?? null,
  };
}

/** The sources that the profiles name, as far as they may be shown and are not too long together. */
function sourcesOf({ whole: { funcs, strings }, readSource }: Session): Record<string, SourceLines> {
  const sources: Record<string, SourceLines> = {};
  let left = maxSourceLength;
  for (const file of new Set(funcs.file)) {
    const path = strings.get(file);
    if (path === '' || path.startsWith('node:')) continue;
    const found = readSource(path);
    if (found.state !== 'read') continue;
    left -= found.lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (left > 0) sources[path] = found;
  }
  return sources;
}
