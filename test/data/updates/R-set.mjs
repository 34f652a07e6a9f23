import { after } from './wait.mjs';
const members = new Set();
async function join(name) {
  if (members.has(name)) return;
  await after();
  members.add(name);
}
members.add('b');
members.delete('b');
const joined = join('b');
members.add('b');
members.delete('b'); // has left meanwhile, and is in again behind that
await joined;
