// Functions of known kinds that take about as long as their names say. Each takes a number and gives one that the
// next call takes: a compiler can neither leave a call out nor run two at once.

/** Name → module that exports the function `f`. */
export const timePrograms = {
  '1 ns, shifts': `export function f(x) { x ^= x << 13; x ^= x >>> 17; return x | 1; }`,
  '3 ns, shifts': `export function f(x) {
  x ^= x << 13; x ^= x >>> 17; x ^= x << 5; x ^= x << 7; x ^= x >>> 3;
  return x | 1;
}`,
  '60 ns, a loop': `export function f(x) {
  for (let i = 0; i < 40; i++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; }
  return x | 1;
}`,
  '700 ns, JSON.parse': `const text = '{"id":7,"name":"prof","tags":["a","b","c","d"],"at":{"x":1,"y":2.5},"seen":[1,2,3,4],"ok":true,"by":{"id":12}}';
export function f(x) { return (x + JSON.parse(text).id) & 0xffff; }`,
  '12 µs, sort': `const numbers = Array.from({ length: 210 }, (_, i) => (i * 7919) % 211);
export function f(x) { return (x + numbers.slice().sort((a, b) => a - b)[x % 100]) & 0xffff; }`,
  '1 ms, a Map of words': `const words = Array.from({ length: 36000 }, (_, i) => 'w' + ((i * 7919) % 4001));
export function f(x) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (x + counts.size) & 0xffff;
}`,
  '10 ms, a sieve': `const composite = new Uint8Array(3_000_000);
export function f(x) {
  composite.fill(0);
  let primes = 0;
  for (let i = 2; i < composite.length; i++) {
    if (composite[i] === 1) continue;
    primes++;
    for (let j = 2 * i; j < composite.length; j += i) composite[j] = 1;
  }
  return (x + primes) & 0xffff;
}`,
};
