import { ProfError } from '../../error.js';
import { encodeProfile } from '../../profile/encode.js';
import { mergeProfiles } from '../../profile/merge.js';
import type { Profile } from '../../profile/profile.js';
import { type Compile, type ReportOptions, utc } from '../../report/options.js';
import { compileRe2 } from '../../text/regexp.js';
import type { Config } from '../configs.js';
import { unpackProfile } from '../pack-profile.js';
import type { StandaloneData } from '../standalone.js';
import { Viewer } from '../viewer.js';
import type { Backend } from './backend.js';

/** Answers from what is in the page itself. */
export async function aloneBackend(): Promise<Backend> {
  const data: StandaloneData = JSON.parse(new TextDecoder().decode(await embedded('data')));
  const viewer = await viewerOf(data);
  const configs = new LocalConfigs();
  const mustView = (): Viewer => {
    if (viewer === undefined) throw new Error('there is no profile in this page');
    return viewer;
  };
  let graphviz: string | undefined;
  if (viewer !== undefined) void embedded('graphviz').then((bytes) => (graphviz = workerAddress(bytes)));
  return {
    addresses: 'hash',
    ask: async (view, query) => {
      await painted();
      return mustView().answer(view, query);
    },
    about: async (query) => (viewer === undefined ? null : viewer.answer('about', query)),
    runs: async () => data.runs,
    configs: async () => configs.list(),
    saveConfig: async (config) => configs.save(config),
    removeConfig: async (name) => configs.remove(name),
    profile: async (query) => zipped(encodeProfile(await mustView().profile(query))),
    folded: async (query) =>
      new Blob([(await mustView().answer('folded', query)).text], { type: 'text/plain' }),
    graphvizWorker: () => new Worker(graphviz ?? ''),
  };
}

async function viewerOf({ session }: StandaloneData): Promise<Viewer | undefined> {
  if (session === undefined) return undefined;
  const { title, names, hasBase, options, sources } = session;
  const profiles: Profile[] = [];
  for (const i of names.keys()) profiles.push(unpackProfile(await embedded(`profile${i}`)));
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

/** Waits until what there is has been shown: an answer keeps the page from showing anything. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** The unzipped bytes of a piece of data in the page, which then goes. */
async function embedded(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const element = document.getElementById(id);
  const text = element?.textContent ?? '';
  element?.remove();
  const zip = bytesOfBase64(text);
  const stream = new Blob([zip]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function workerAddress(script: Uint8Array<ArrayBuffer>): string {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

async function zipped(bytes: Uint8Array): Promise<Blob> {
  // Cast: the bytes are in memory that is not shared.
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).blob();
}

/** Configurations where the browser keeps things for the page; nowhere else there is a place for them. */
class LocalConfigs {
  readonly #key = 'prof.configs';

  list(): Config[] {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? '[]');
    } catch {
      return [];
    }
  }

  save(config: Config): Config[] {
    return this.#write([...this.list().filter(({ name }) => name !== config.name), config]);
  }

  remove(name: string): Config[] {
    return this.#write(this.list().filter((config) => config.name !== name));
  }

  #write(configs: Config[]): Config[] {
    localStorage.setItem(this.#key, JSON.stringify(configs));
    return configs;
  }
}
