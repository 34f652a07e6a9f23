/** A script's URL as a path where it is one of a file; `node:fs`, `http://…` and paths stay as they are. */
export function pathOfUrl(url: string): string {
  const [, path] = /^file:\/\/(?:localhost)?(\/.*)$/.exec(url) ?? [];
  if (path === undefined) return url;
  return unescaped(path).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

/** A path as a script's URL, for tools that want one; what is no absolute path stays as it is. */
export function urlOfPath(path: string): string {
  const absolute = /^[A-Za-z]:[\\/]/.test(path) ? `/${path.replaceAll('\\', '/')}` : path;
  if (!absolute.startsWith('/')) return path;
  return `file://${encodeURI(absolute).replace(/[?#]/g, encodeURIComponent)}`;
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
