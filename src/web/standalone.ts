import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StatJson } from '../compare/stat-json.js';
import type { Profile } from '../profile/profile.js';
import type { SourceLines } from '../report/sources.js';
import type { Answers } from './answers.js';
import { packProfile } from './pack-profile.js';
import { formatPage } from './page-html.js';
import { assetFile } from './site.js';
import { type Session, Viewer } from './viewer.js';

/** What a page that stands alone shows; at least one of the two is there. */
export interface StandaloneContent {
  readonly session: Session | undefined;
  readonly runs: StatJson | undefined;
}

/** What such a page reads besides profiles. */
export interface StandaloneData {
  /** Undefined without profiles, as is what is shown first. */
  readonly session: StandaloneSession | undefined;
  readonly first: Pick<Answers, 'about' | 'flame'> | undefined;
  readonly runs: StatJson | null;
}

/** A session without what is no data. */
export interface StandaloneSession {
  readonly title: string;
  /** The profiles' names; where there is one, it is the whole. */
  readonly names: readonly string[];
  readonly hasBase: boolean;
  /** What is no function of `ReportOptions`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, SourceLines>>;
}

/** Sources of more characters in all are left out: a page is to be sent around. */
const maxSourceLength = 2_000_000;

/**
 * The whole view as one page: profiles, the sources that they name, everything that looks at them. It loads nothing
 * and runs no script but its own, which it knows by their hashes.
 */
export async function standalonePage({ session, runs }: StandaloneContent): Promise<string> {
  const [style, script] = await Promise.all([asset('page.css'), asset('alone.js')]);
  const data: StandaloneData = {
    session: session && plainSession(session),
    first: session && (await firstAnswers(session)),
    runs: runs ?? null,
  };
  const texts = { data: JSON.stringify(data), ...(session === undefined ? {} : await workerScripts()) };
  const packed = Object.entries(texts).map(async ([id, text]) => {
    return { id, text: await packBytes(new TextEncoder().encode(text)) };
  });
  const profiles = session === undefined ? [] : profilesOf(session);
  for (const [i, profile] of profiles.entries())
    packed.push(packBytes(packProfile(profile)).then((text) => ({ id: `profile${i}`, text })));
  return formatPage({
    title: session?.title ?? 'Runs',
    policy: policyFor(style, script),
    ...{ style, script, data: await Promise.all(packed) },
  });
}

async function workerScripts(): Promise<Record<'engine' | 'graphviz', string>> {
  const [engine, graphviz] = await Promise.all([asset('alone-engine.js'), asset('graphviz-worker.js')]);
  return { engine, graphviz };
}

/** What the page shows before it has read the profiles. */
async function firstAnswers(session: Session): Promise<Pick<Answers, 'about' | 'flame'>> {
  const viewer = new Viewer(session);
  const query = new URLSearchParams();
  return { about: await viewer.answer('about', query), flame: await viewer.answer('flame', query) };
}

async function asset(name: string): Promise<string> {
  return readFile(assetFile(name), 'utf8');
}

const pack = promisify(gzip);

async function packBytes(bytes: Uint8Array): Promise<string> {
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

function plainSession(session: Session): StandaloneSession {
  const { title, profiles, hasBase, options } = session;
  const { compile: _compile, timeZone: _timeZone, ...plain } = options;
  const names = profiles.map(({ name }) => name);
  return { title, names, hasBase, options: plain, sources: sourcesOf(session) };
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
