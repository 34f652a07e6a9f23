// Awaiting in a loop, and a chain of promises.
export async function BenchmarkAsync(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum += await fetchOne(i);
    sum += await chain(i);
    sum += await inTurn(i);
  }
  b.keep(sum);
}

async function fetchOne(x) {
  await undefined;
  return parseOne(x);
}

function parseOne(x) {
  for (let i = 0; i < 2000; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

function chain(x) {
  return Promise.resolve(x).then(first).then(second);
}

function first(x) {
  for (let i = 0; i < 1200; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

function second(x) {
  for (let i = 0; i < 600; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

async function inTurn(x) {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += await oneOf(x);
  return sum;
}

async function oneOf(x) {
  for (let i = 0; i < 250; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

export const parts = {
  fetchOne: () => fetchOne(1),
  first: () => first(1),
  second: () => second(1),
  inTurn: () => inTurn(1),
};
