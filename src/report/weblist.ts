import { escapeHtml } from '../table/html.js';
import { percentage } from '../unit/percentage.js';
import type { ListFile, Listing } from './list.js';

const style = `body { font: 14px sans-serif; margin: 1em 2em; color: #222; background: #fff; }
h2 { margin: 1.5em 0 0; font-size: 1.1em; } .file { margin: 0; color: #777; }
pre { margin: .5em 0; overflow-x: auto; } .hot { background: #fff1e0; } .cold { color: #888; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1c1c1c; } .hot { background: #4a3418; } }`;

/** Annotated source as a page of HTML that stands alone. */
export function formatWeblist(listing: Listing): string {
  const title = listing.functions.map(({ name }) => name).join(', ');
  const functions = listing.functions.flatMap(({ name, files }) => {
    if (files.length === 0)
      return [`<h2>${escapeHtml(name)}</h2>\n<p class="file">no source information</p>`];
    return files.map((file) => formatFile(name, file, listing));
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>
${style}
</style>
</head>
<body>
<p>Total: ${escapeHtml(listing.format(listing.total))}</p>
${functions.join('\n')}
</body>
</html>
`;
}

function formatFile(
  name: string,
  { file, flat, cum, problem, lines }: ListFile,
  { total, format }: Listing,
): string {
  const orDot = (value: bigint): string => (value === 0n ? '.' : format(value)).padStart(10);
  const share = percentage(Number(cum), Number(total)).trim();
  const rows = lines.map(({ line, text, ...value }) => {
    const isHot = value.flat !== 0n || value.cum !== 0n;
    const row = `${String(line).padStart(6)} ${orDot(value.flat)} ${orDot(value.cum)}  ${escapeHtml(text)}`;
    return `<span class="${isHot ? 'hot' : 'cold'}">${row}</span>`;
  });
  return [
    `<h2>${escapeHtml(name)}</h2>`,
    `<p class="file">${escapeHtml(file)}</p>`,
    `<p>${escapeHtml(format(flat))} flat, ${escapeHtml(format(cum))} cum, ${share} of the total</p>`,
    problem === undefined ? `<pre>\n${rows.join('\n')}\n</pre>` : `<p>${escapeHtml(problem)}</p>`,
  ].join('\n');
}
