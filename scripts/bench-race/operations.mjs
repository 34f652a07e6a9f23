// Prints nanoseconds an operation, best of several rounds, as JSON. Run by scripts/bench-race.mjs.
const elements = 4096;
const shared = new Int32Array(new SharedArrayBuffer(4 * elements));
const bytes = new Uint8Array(new SharedArrayBuffer(elements));
const floats = new Float64Array(new SharedArrayBuffer(8 * elements));
const ownFloats = new Float64Array(elements);
const list = Array.from({ length: elements }, (_, i) => i);
const lock = new Int32Array(new SharedArrayBuffer(8));

const operations = {
  'sum of shared Int32': (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += shared[i];
    return sum;
  },
  'write shared Int32': (count) => {
    for (let i = 0; i < count; i++) shared[i] = i;
  },
  'write shared Uint8': (count) => {
    for (let i = 0; i < count; i++) bytes[i] = i;
  },
  'a[i]++ on shared Int32': (count) => {
    for (let i = 0; i < count; i++) shared[i]++;
  },
  'one shared counter ++': (count) => {
    for (let i = 0; i < count; i++) shared[0]++;
  },
  'sum of shared Float64': (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += floats[i];
    return sum;
  },
  'f[i] += 1 on shared Float64': (count) => {
    for (let i = 0; i < count; i++) floats[i] += 1;
  },
  'write, new epoch every 64': (count) => {
    for (let i = 0; i < count; i++) {
      shared[i] = i;
      if (i % 64 === 0) Atomics.store(lock, 1, i);
    }
  },
  'Atomics.add': (count) => {
    for (let i = 0; i < count; i++) Atomics.add(lock, 1, 1);
  },
  'Atomics.load': (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Atomics.load(lock, 1);
    return sum;
  },
  'lock, ++, unlock': (count) => {
    for (let i = 0; i < count; i++) {
      while (Atomics.compareExchange(lock, 0, 0, 1) !== 0);
      shared[1]++;
      Atomics.store(lock, 0, 0);
    }
  },
  'sum of an Array': (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += list[i];
    return sum;
  },
  'sum of private Float64': (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += ownFloats[i];
    return sum;
  },
  'calls (fib)': () => fib(18) / 2,
};

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** Best of forty rounds of about 5 ms, behind short runs in which V8 sees the code whole. */
function nanosPerOperation(run) {
  for (let i = 0; i < 1000; i++) run(4);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 40; round++) {
    const start = process.hrtime.bigint();
    let runs = 0;
    while (process.hrtime.bigint() - start < 5_000_000n) {
      run(elements);
      runs++;
    }
    best = Math.min(best, Number(process.hrtime.bigint() - start) / runs / elements);
  }
  return best;
}

const results = Object.entries(operations).map(([name, run]) => [name, nanosPerOperation(run)]);
console.log(JSON.stringify(Object.fromEntries(results)));
