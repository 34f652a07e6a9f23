// Generators: one yields numbers, one filters them, one is spread into an array.
export function BenchmarkGenerators(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    for (const x of naturals(40)) sum += x; //= naturals
    for (const x of odd(40)) sum += x; //= odd
    sum += spread(20); //= spread
  }
  b.keep(sum);
}

function* naturals(count) {
  for (let i = 0; i < count; i++) yield churn(i);
}

function* odd(count) {
  for (let i = 0; i < count; i++) if (i % 2 === 1) yield churn(churn(i));
}

function spread(count) {
  return [...naturals(count)].length;
}

function churn(x) {
  for (let i = 0; i < 40; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

export const parts = {
  naturals: () => drain(naturals(40)),
  odd: () => drain(odd(40)),
  spread: () => spread(20),
};

function drain(generator) {
  let sum = 0;
  for (const x of generator) sum += x;
  return sum;
}

/** Functions of which other parts hold calls as well are judged by their lines only. */
export const byLine = ['naturals'];
