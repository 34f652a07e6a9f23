// Regular expressions: a test, a global match, a replacement, a split.
const texts = ['fox', 'cat', 'hare', 'wolf'].map((animal) =>
  `The quick brown ${animal} jumps over 13 lazy dogs, 7 cats and 2,048 mice. `.repeat(4),
);

export function BenchmarkRegexps(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum += hasMice(texts[i & 3]); //= hasMice
    sum += countNumbers(texts[i & 3]); //= countNumbers
    sum += shout(texts[i & 3]); //= shout
    sum += words(texts[i & 3]); //= words
  }
  b.keep(sum);
}

function hasMice(line) {
  return /(\w+) mice\. $/.test(line) ? 1 : 0;
}

function countNumbers(line) {
  return line.match(/\d[\d,]*/g).length;
}

function shout(line) {
  return line.replace(/[aeiou]+/g, '!').length;
}

function words(line) {
  return line.split(/[\s,.]+/).length;
}

export const parts = {
  hasMice: (_, i) => hasMice(texts[i & 3]),
  countNumbers: (_, i) => countNumbers(texts[i & 3]),
  shout: (_, i) => shout(texts[i & 3]),
  words: (_, i) => words(texts[i & 3]),
};
