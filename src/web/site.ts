import { readFile } from 'node:fs/promises';
import type { StatJson } from '../compare/stat-json.js';
import { encodeProfileGzip } from '../profile/encode.js';
import type { ViewName } from './answers.js';
import type { ConfigFile } from './configs.js';
import { formatPage, pageNames } from './page-html.js';
import { type Answer, json, type Reply } from './server.js';
import type { Viewer } from './viewer.js';

/** What a site shows; at least one of viewer and runs is there. */
export interface Site {
  readonly viewer: Viewer | undefined;
  readonly runs: StatJson | undefined;
  readonly configs: ConfigFile;
  /** What downloads are called, without an ending. */
  readonly fileName: string;
}

const views: readonly string[] = [
  'about',
  'flame',
  'graph',
  'top',
  'peek',
  'source',
  'tags',
] satisfies ViewName[];

/** The pages, what they are made of, and what they ask for. */
export function siteAnswer(site: Site): Answer {
  return async ({ path, query, body }) => {
    const [, folder = '', name = ''] = path.split('/');
    if (path === '/' || path === '/ui' || path === '/ui/') return redirect(site);
    // The page names an icon of its own; some browsers ask all the same.
    if (path === '/favicon.ico') return { status: 204, type: 'image/x-icon', body: '' };
    if (path === `/ui/${name}` && pageNames.includes(name)) return page();
    if (path === `/assets/${name}`) return asset(name);
    if (folder !== 'api' || path !== `/api/${name}`) return undefined;
    if (name === 'config') return json(body === undefined ? site.configs.list() : site.configs.change(body));
    if (name === 'runs') return json(site.runs ?? null);
    if (name === 'about' && site.viewer === undefined) return json(null);
    if (site.viewer === undefined) return undefined;
    if (views.includes(name)) {
      // Cast: one of the names of views.
      return json(await site.viewer.answer(name as ViewName, query));
    }
    return download(name, site.viewer, { query, fileName: site.fileName });
  };
}

function redirect({ viewer }: Site): Reply {
  const location = viewer === undefined ? '/ui/runs' : '/ui/flamegraph';
  return { status: 302, type: 'text/plain; charset=utf-8', body: `${location}\n`, location };
}

/** Scripts and styles come from files only; the layout of graphs is WebAssembly in a worker. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function page(): Reply {
  return { type: 'text/html; charset=utf-8', body: formatPage(), policy: pagePolicy };
}

const assetTypes: Readonly<Record<string, string>> = {
  'main.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'graphviz-worker.js': 'text/javascript; charset=utf-8',
};

async function asset(name: string): Promise<Reply | undefined> {
  const type = Object.hasOwn(assetTypes, name) ? assetTypes[name] : undefined;
  if (type === undefined) return undefined;
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
  return { type, body: await readFile(assetFile(name)), policy };
}

/** Where a part of the pages is that the build has made. */
export function assetFile(name: string): URL {
  return new URL(`../web/assets/${name}`, import.meta.url);
}

async function download(
  name: string,
  viewer: Viewer,
  { query, fileName }: { readonly query: URLSearchParams; readonly fileName: string },
): Promise<Reply | undefined> {
  if (name === 'profile') {
    const body = encodeProfileGzip(await viewer.profile(query));
    return { type: 'application/octet-stream', body, attachment: `${fileName}.pb.gz` };
  }
  if (name === 'folded') {
    const { text } = await viewer.answer('folded', query);
    return { type: 'text/plain; charset=utf-8', body: text, attachment: `${fileName}.folded` };
  }
  return undefined;
}
