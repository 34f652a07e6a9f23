import { after } from './wait.mjs';
// What is written does not depend on what was read.
const status = { text: 'idle', count: 0 };
async function show(text) {
  console.assert(status.text !== undefined);
  const { count } = status;
  await after(count);
  status.text = text;
}
await Promise.all([show('a'), show('b')]);
const slots = [];
await Promise.all([1, 2, 3].map(async (n, i) => { slots[i] = await after(n); }));
