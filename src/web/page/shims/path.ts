/** What the reports use of Node's module `path`, in the browser. */
export const delimiter = ':';

/** As Node's `posix`. */
export const posix: { normalize(path: string): string } = {
  normalize(path) {
    const isAbsolute = path.startsWith('/');
    const parts: string[] = [];
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue;
      if (part !== '..') parts.push(part);
      else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
      else if (!isAbsolute) parts.push(part);
    }
    const text = parts.join('/') + (path.endsWith('/') && parts.length > 0 ? '/' : '');
    if (isAbsolute) return `/${text}`;
    return text === '' ? '.' : text;
  },
};
