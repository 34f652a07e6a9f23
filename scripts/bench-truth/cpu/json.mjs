// Native code called from JavaScript: parsing, writing, searching.
const orders = [17, 18, 19, 20].map((id) => ({
  id,
  items: Array.from({ length: 20 }, (_, i) => ({ sku: `A-${id}-${i}`, price: i * 1.5, tags: ['x', 'y'] })),
}));
const texts = orders.map((order) => JSON.stringify(order));
const ids = Array.from({ length: 200 }, (_, i) => i * 3);
const numbers = Float64Array.from({ length: 300 }, (_, i) => (i * 7919) % 1000);

export function BenchmarkJson(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum += parse(texts[i & 3]); //= parse
    sum += write(orders[i & 3]); //= write
    sum += ids.indexOf(500 + (i & 3)); //= indexOf
    sum += sortNumbers(); //= sortNumbers
  }
  b.keep(sum);
}

function parse(line) {
  return JSON.parse(line).items.length;
}

function write(value) {
  return JSON.stringify(value).length;
}

function sortNumbers() {
  return numbers.slice().sort()[0];
}

export const parts = {
  parse: (_, i) => parse(texts[i & 3]),
  write: (_, i) => write(orders[i & 3]),
  indexOf: (_, i) => ids.indexOf(500 + (i & 3)),
  sortNumbers,
};
/** V8's own function, which has no frame. */
export const byLine = ['indexOf'];
