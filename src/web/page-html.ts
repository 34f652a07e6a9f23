import { escapeHtml } from '../table/html.js';

/** The names of the pages, as addresses have them. */
export const pageNames: readonly string[] = ['flamegraph', 'graph', 'top', 'peek', 'source', 'tags', 'runs'];

/** What a page that stands alone has in it. */
export interface Embedded {
  readonly title: string;
  /** What the browser is to allow. */
  readonly policy: string;
  readonly style: string;
  readonly script: string;
  /** Data by id, as texts that need no escaping. */
  readonly data: readonly { readonly id: string; readonly text: string }[];
}

/** The page, whose parts are files beside it, or in it. */
export function formatPage(embedded?: Embedded): string {
  const title = embedded === undefined ? 'prof' : `${embedded.title} – prof`;
  const parts =
    embedded === undefined
      ? '<link rel="stylesheet" href="/assets/page.css">\n<script src="/assets/main.js" defer></script>'
      : `<style>${embedded.style}</style>`;
  const policy =
    embedded === undefined
      ? ''
      : `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(embedded.policy)}">\n`;
  const data = (embedded?.data ?? []).map(
    ({ id, text }) => `<script type="application/octet-stream" id="${escapeHtml(id)}">${text}</script>\n`,
  );
  const script = embedded === undefined ? '' : `<script>${embedded.script}</script>\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${parts}
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
${data.join('')}${script}</body>
</html>
`;
}
