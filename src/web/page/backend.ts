import type { StatJson } from '../../compare/stat-json.js';
import type { Answers, ViewName } from '../answers.js';
import type { Config } from '../configs.js';

/** Where a page's answers come from: a server, or the page itself. */
export interface Backend {
  /** The answer to a view; what is wrong with the query is thrown as an Error for the user. */
  ask<V extends ViewName>(view: V, query: URLSearchParams): Promise<Answers[V]>;
  /** What the page is about; null where there are runs only. */
  about(query: URLSearchParams): Promise<Answers['about'] | null>;
  /** Null where there are profiles only. */
  runs(): Promise<StatJson | null>;
  configs(): Promise<readonly Config[]>;
  saveConfig(config: Config): Promise<readonly Config[]>;
  removeConfig(name: string): Promise<readonly Config[]>;
  /** Files to keep. */
  profile(query: URLSearchParams): Promise<Blob>;
  folded(query: URLSearchParams): Promise<Blob>;
  /** Starts the worker that lays graphs out. */
  graphvizWorker(): Worker;
  /** How addresses say which page is shown: behind the host, or behind a `#`. */
  readonly addresses: 'path' | 'hash';
}
