import { after } from './wait.mjs';
const stock = new Map([['tea', 5]]);
async function take(name) {
  const left = stock.get(name);
  await after();
  stock.set(name, left - 1);
}
await Promise.all([take('tea'), take('tea')]);
