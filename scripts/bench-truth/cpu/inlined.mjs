// Three functions that V8 inlines, with 60, 30 and 10 % of the steps.
export function BenchmarkInlined(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) {
    x = sixty(x); //= sixty
    x = thirty(x); //= thirty
    x = ten(x); //= ten
  }
  b.keep(x);
}

function sixty(x) {
  for (let i = 0; i < 600; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

function thirty(x) {
  for (let i = 0; i < 300; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

function ten(x) {
  for (let i = 0; i < 100; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

export const parts = { sixty, thirty, ten };
/** By construction, percent. */
export const shares = { sixty: 60, thirty: 30, ten: 10 };
