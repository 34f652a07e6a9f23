import { after } from './wait.mjs';
async function sum(list) {
  let total = 0;
  await Promise.all(list.map(async (n) => { total = total + (await after(n, n)); }));
  return total;
}
await sum([1, 2, 3]);
