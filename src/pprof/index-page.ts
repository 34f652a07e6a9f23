/** What the handler offers, by name. */
const offers: readonly { readonly name: string; readonly link: string; readonly what: string }[] = [
  {
    name: 'profile',
    link: 'profile?seconds=30',
    what: 'CPU profile of all threads for so many seconds, 30 unless said otherwise.',
  },
  {
    name: 'heap',
    link: 'heap',
    what: 'Objects in use, sampled, after a garbage collection; with seconds=N, by how much they have grown N seconds later.',
  },
  {
    name: 'allocs',
    link: 'allocs?seconds=30',
    what: 'All that is allocated for so many seconds, 30 unless said otherwise; heap then starts anew.',
  },
  {
    name: 'block',
    link: 'block?seconds=30',
    what: 'Where all threads wait, and long turns of their event loops, for so many seconds, 30 unless said otherwise.',
  },
  {
    name: 'mutex',
    link: 'mutex?seconds=30',
    what: 'Who holds locks of prof-toolkit/sync that others wait for, for so many seconds, 30 unless said otherwise.',
  },
  { name: 'threads', link: 'threads', what: 'The threads of the process.' },
  { name: 'cmdline', link: 'cmdline', what: 'The command line of the process, separated by zero bytes.' },
];

/** The index as a page. */
export function indexHtml(title: string): string {
  const rows = offers.map(
    ({ name, link, what }) =>
      `<tr><td><a href="${escapeHtml(link)}">${escapeHtml(name)}</a></td><td>${escapeHtml(what)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>body { font-family: sans-serif } td { padding: .2em .8em .2em 0; vertical-align: top }</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<table>
${rows.join('\n')}
</table>
</body>
</html>
`;
}

/** The index as text. */
export function indexText(title: string): string {
  return `${title}\n\n${offers.map(({ link, what }) => `${link}\n    ${what}\n`).join('')}`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
