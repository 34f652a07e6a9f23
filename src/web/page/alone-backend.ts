import type { Answers, ViewName } from '../answers.js';
import type { Config } from '../configs.js';
import type { StandaloneData } from '../standalone.js';
import type { EngineAnswer, EngineQuestion, EngineStart } from './alone-engine.js';
import type { Backend } from './backend.js';
import { embeddedText, unpacked } from './embedded.js';

/** Answers from what is in the page itself. */
export async function aloneBackend(): Promise<Backend> {
  const data: StandaloneData = JSON.parse(await textOf('data'));
  const { session, first, runs } = data;
  const engine = session === undefined ? undefined : new Engine(session);
  const ask = async (view: EngineQuestion['view'], query: URLSearchParams): Promise<unknown> => {
    // What is shown first has been made when the page was.
    if (first !== undefined && String(query) === '' && (view === 'flame' || view === 'about'))
      return first[view];
    if (engine === undefined) throw new Error('there is no profile in this page');
    return engine.ask(view, query);
  };
  const configs = new LocalConfigs();
  let graphviz: string | undefined;
  if (session !== undefined) void scriptAddress('graphviz').then((address) => (graphviz = address));
  return {
    addresses: 'hash',
    // Casts: the engine answers each view with what belongs to it.
    ask: async <V extends ViewName>(view: V, query: URLSearchParams) =>
      (await ask(view, query)) as Answers[V],
    about: async (query) =>
      session === undefined ? null : ((await ask('about', query)) as Answers['about']),
    runs: async () => runs,
    configs: async () => configs.list(),
    saveConfig: async (config) => configs.save(config),
    removeConfig: async (name) => configs.remove(name),
    profile: async (query) => (await ask('profile', query)) as Blob,
    folded: async (query) => {
      const { text } = (await ask('folded', query)) as Answers['folded'];
      return new Blob([text], { type: 'text/plain' });
    },
    graphvizWorker: () => new Worker(graphviz ?? ''),
  };
}

/** The worker that has the profiles. */
class Engine {
  readonly #worker: Promise<Worker>;
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #asked = 0;

  constructor(session: EngineStart['session']) {
    this.#worker = this.#start(session);
  }

  /** The answer to a view. */
  async ask(view: EngineQuestion['view'], query: URLSearchParams): Promise<unknown> {
    const worker = await this.#worker;
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, view, query: String(query) } satisfies EngineQuestion);
    });
  }

  async #start(session: EngineStart['session']): Promise<Worker> {
    const worker = new Worker(await scriptAddress('engine'));
    worker.addEventListener('message', ({ data }: MessageEvent<EngineAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('answer' in data) waiting?.resolve(data.answer);
      else waiting?.reject(new Error(data.problem));
    });
    const profiles = session.names.map((_, i) => embeddedText(`profile${i}`));
    worker.postMessage({ session, profiles } satisfies EngineStart);
    return worker;
  }
}

async function textOf(id: string): Promise<string> {
  return new TextDecoder().decode(await unpacked(embeddedText(id)));
}

/** The address of a script that is in the page as data, for a worker. */
async function scriptAddress(id: string): Promise<string> {
  const script = await unpacked(embeddedText(id));
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
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
