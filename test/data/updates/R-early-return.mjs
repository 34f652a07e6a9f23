import { after } from './wait.mjs';
const cache = new Map();
async function load(key) {
  if (cache.has(key)) return cache.get(key);
  const value = await after({ key });
  cache.set(key, value);
  return value;
}
await Promise.all([load('a'), load('a')]);
