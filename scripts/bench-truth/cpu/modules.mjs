// Functions of another module, inlined across files; what they call is inlined into them.
import { checksum, reverse, total } from './modules-numbers.mjs';

const numbers = Array.from({ length: 64 }, (_, i) => i * 3);

export function BenchmarkModules(b) {
  let sum = 0;
  for (let i = 0; i < b.n; i++) {
    sum = total(numbers, sum); //= total
    sum = checksum(numbers, sum); //= checksum
    sum = reverse(numbers, sum); //= reverse
  }
  b.keep(sum);
}

export const parts = {
  total: (x) => total(numbers, x),
  checksum: (x) => checksum(numbers, x),
  reverse: (x) => reverse(numbers, x),
};
