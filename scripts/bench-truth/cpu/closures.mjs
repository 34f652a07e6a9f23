// Functions made by a function, each over variables of its own, called out of a list.
function counter(step, rounds) {
  let state = 1;
  return function count(x) {
    for (let i = 0; i < rounds; i++) state = (((state << 1) ^ (x >>> 3)) + step) | 0;
    return state;
  };
}

function scaler(factor) {
  return (x) => {
    let scaled = x;
    for (let i = 0; i < 50; i++) scaled = (scaled * factor) % 1009;
    return scaled;
  };
}

const counters = [counter(1, 100), counter(2, 100), counter(3, 100)];
const scale = scaler(3);

export function BenchmarkClosures(b) {
  let x = 1;
  for (let i = 0; i < b.n; i++) {
    x = countAll(x); //= countAll
    x = scaleAll(x); //= scaleAll
  }
  b.keep(x);
}

function countAll(x) {
  for (const count of counters) x ^= count(x);
  return x;
}

function scaleAll(x) {
  return [x, x + 1].map((each) => scale(each))[0];
}

export const parts = { countAll, scaleAll };
