// Small handlers' worth of strings, objects and regular expressions.
const validColor = /^\w*$/;
const names = ['J%20Doe', 'Ann', 'R%C3%A9my', 'Li%20Wei'];
const texts = names.map((name) => `color=red&size=12&name=${name}`);
const queries = texts.map(parseQuery);
const paths = names.map((_, i) => `/users/${i}/posts/7`);

export function BenchmarkHandlers(b) {
  let size = 0;
  for (let i = 0; i < b.n; i++) {
    size += parseQuery(texts[i & 3]).size.length; //= parseQuery
    size += check(queries[i & 3]); //= check
    size += render(queries[i & 3]); //= render
    size += headers(); //= headers
    size += route(paths[i & 3]); //= route
  }
  b.keep(size);
}

function parseQuery(text) {
  const query = {};
  for (const pair of text.split('&')) {
    const [key, value] = pair.split('=');
    query[key] = decodeURIComponent(value);
  }
  return query;
}

function check({ color, size }) {
  return validColor.test(color) && Number(size) > 3 ? 1 : 0;
}

function render({ color, name }) {
  return `<h1 style="color: ${color}">${name.toUpperCase()}</h1>`.replace(/[<>]/g, ' ').length;
}

function headers() {
  const list = new Map();
  for (const name of ['Content-Type', 'Content-Length', 'X-Powered-By']) list.set(name.toLowerCase(), name);
  return list.size;
}

function route(path) {
  const words = path.slice(1).split('/');
  return words[0] === 'users' && words[2] === 'posts' ? Number(words[1]) : -1;
}

export const parts = {
  parseQuery: (_, i) => parseQuery(texts[i & 3]),
  check: (_, i) => check(queries[i & 3]),
  render: (_, i) => render(queries[i & 3]),
  headers,
  route: (_, i) => route(paths[i & 3]),
};
