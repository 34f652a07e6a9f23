// One function called from three lines, with 70, 20 and 10 steps of work.
export function BenchmarkLines(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) {
    x = steps(x, 70); //= seventy
    x = steps(x, 20); //= twenty
    x = steps(x, 10); //= ten
  }
  b.keep(x);
}

function steps(x, count) {
  for (let i = 0; i < count; i++) x = mix(x);
  return x;
}

function mix(x) {
  x ^= x << 13;
  x ^= x >>> 17;
  return x ^ (x << 5);
}

export const parts = {
  seventy: (x) => steps(x, 70),
  twenty: (x) => steps(x, 20),
  ten: (x) => steps(x, 10),
};
/** By construction, percent. */
export const shares = { seventy: 70, twenty: 20, ten: 10 };
/** None of them is a function. */
export const byLine = ['seventy', 'twenty', 'ten'];
