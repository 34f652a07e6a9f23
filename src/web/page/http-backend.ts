import type { StatJson } from '../../compare/stat-json.js';
import type { Answers, ViewName } from '../answers.js';
import type { Config } from '../configs.js';
import type { Backend } from './backend.js';

/** Asks the server that the page came from. */
export const httpBackend: Backend = {
  addresses: 'path',
  ask: <V extends ViewName>(view: V, query: URLSearchParams) => getJson<Answers[V]>(`/api/${view}?${query}`),
  about: (query) => getJson<Answers['about'] | null>(`/api/about?${query}`),
  runs: () => getJson<StatJson | null>('/api/runs'),
  configs: () => getJson<readonly Config[]>('/api/config'),
  saveConfig: (save) => postJson('/api/config', { save }),
  removeConfig: (remove) => postJson('/api/config', { remove }),
  profile: (query) => getBlob(`/api/profile?${query}`),
  folded: (query) => getBlob(`/api/folded?${query}`),
  graphvizWorker: () => new Worker('/assets/graphviz-worker.js'),
};

async function getJson<T>(address: string): Promise<T> {
  return answerOf<T>(await fetchOrSay(address));
}

async function postJson<T>(address: string, body: unknown): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  return answerOf<T>(await fetchOrSay(address, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function getBlob(address: string): Promise<Blob> {
  const response = await fetchOrSay(address);
  if (!response.ok) await answerOf(response);
  return response.blob();
}

async function fetchOrSay(address: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    throw new Error('the server does not answer: has `prof web` been ended?', { cause });
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(problemOf(text) ?? text);
}

/** What a reply says is wrong. */
function problemOf(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text);
    return [error.message, error.hint].filter((part) => part !== '').join('. ');
  } catch {
    return undefined;
  }
}
