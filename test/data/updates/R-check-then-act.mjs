import { after } from './wait.mjs';
const cache = new Map();
async function load(key) {
  if (!cache.has(key)) cache.set(key, await after({ key }));
  return cache.get(key);
}
await Promise.all([load('a'), load('a')]);
