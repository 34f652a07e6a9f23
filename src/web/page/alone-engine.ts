import { isProfError, ProfError } from '../../error.js';
import { encodeProfile } from '../../profile/encode.js';
import { mergeProfiles } from '../../profile/merge.js';
import type { Profile } from '../../profile/profile.js';
import { type Compile, type ReportOptions, utc } from '../../report/options.js';
import { compileRe2 } from '../../text/regexp.js';
import type { ViewName } from '../answers.js';
import { unpackProfile } from '../pack-profile.js';
import type { StandaloneSession } from '../standalone.js';
import { Viewer } from '../viewer.js';
import { unpacked } from './embedded.js';

// A worker: reads the profiles of a page that stands alone and answers what the page asks, beside it, so that the page
// never waits.

/** What the page sends first. */
export interface EngineStart {
  readonly session: StandaloneSession;
  /** Packed. */
  readonly profiles: readonly string[];
}

/** What it asks then. */
export interface EngineQuestion {
  readonly id: number;
  /** `profile` for the bytes of the profile that the filters leave, packed by gzip. */
  readonly view: ViewName | 'profile';
  readonly query: string;
}

/** What it is answered. */
export type EngineAnswer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: string };

let viewer: Promise<Viewer> | undefined;

self.addEventListener('message', async ({ data }: MessageEvent<EngineStart | EngineQuestion>) => {
  if ('session' in data) {
    viewer = viewerOf(data);
    return;
  }
  const { id, view, query } = data;
  try {
    const answer = await answerOf(view, new URLSearchParams(query));
    self.postMessage({ id, answer } satisfies EngineAnswer);
  } catch (error) {
    const parts = isProfError(error) ? [error.message, error.hint ?? ''] : [String(error)];
    self.postMessage({ id, problem: parts.filter((part) => part !== '').join('. ') } satisfies EngineAnswer);
  }
});

async function answerOf(view: EngineQuestion['view'], query: URLSearchParams): Promise<unknown> {
  const known = await viewer;
  if (known === undefined) throw new TypeError('asked before the start');
  return view === 'profile' ? zipped(encodeProfile(await known.profile(query))) : known.answer(view, query);
}

async function viewerOf({ session, profiles: packed }: EngineStart): Promise<Viewer> {
  const { title, names, hasBase, options, sources } = session;
  const profiles: Profile[] = [];
  for (const text of packed) profiles.push(unpackProfile(await unpacked(text)));
  return new Viewer({
    ...{ title, hasBase, whole: mergeProfiles(profiles) },
    profiles: profiles.map((profile, i) => ({ name: names[i] ?? '', profile })),
    // Cast: written from options, less the two functions.
    options: { ...(options as Omit<ReportOptions, 'compile' | 'timeZone'>), compile, timeZone: utc },
    readSource: (path) => sources[path] ?? { state: 'failed', problem: 'the source is not in this page' },
  });
}

const compile: Compile = (pattern, what) => {
  const compiled = compileRe2(pattern);
  if ('test' in compiled) return compiled.test;
  throw new ProfError('usage', `${what}: ${compiled.problem}`);
};

async function zipped(bytes: Uint8Array): Promise<Blob> {
  // Cast: the bytes are in memory that is not shared.
  const content = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  return new Response(content.stream().pipeThrough(new CompressionStream('gzip'))).blob();
}
