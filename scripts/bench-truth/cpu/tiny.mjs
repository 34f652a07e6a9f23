// Functions of a few instructions each, called by the hundred.
export function BenchmarkTiny(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) {
    x = tokens(x); //= tokens
    x = rules(x); //= rules
    x = bits(x); //= bits
  }
  b.keep(x);
}

function tokens(x) {
  for (let i = 0; i < 100; i++) x = isDigit(i) ? advance(x) : isSpace(i) ? skip(x) : take(x);
  return x;
}

const isDigit = (c) => c >= 48 && c <= 57;
const isSpace = (c) => c === 32 || c === 9;
const advance = (x) => (x * 3 + 1) & 0xffff;
const skip = (x) => (x + 5) & 0xffff;
const take = (x) => ((x ^ (x >>> 4)) + 11) & 0xffff;

function rules(x) {
  for (let i = 0; i < 60; i++) x = apply(x, i);
  return x;
}

function apply(x, i) {
  return i % 2 === 0 ? left(x) : right(x);
}

const left = (x) => ((x << 3) - x) | 0;
const right = (x) => (x >> 2) ^ x;

function bits(x) {
  let count = 0;
  for (let i = 0; i < 32; i++) count += bit(x, i);
  return (x + count) | 0;
}

function bit(x, i) {
  return (x >>> i) & 1;
}

export const parts = { tokens, rules, bits };
