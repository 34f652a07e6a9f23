/** A text in which nothing is markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A page of HTML that needs no other file. */
export interface HtmlPage {
  readonly title: string;
  /** CSS. */
  readonly style: string;
  /** Markup. */
  readonly body: string;
}

/** The page's text. */
export function formatHtmlPage({ title, style, body }: HtmlPage): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
${style}
</style>
</head>
<body>
${body}</body>
</html>
`;
}
