import { after } from './wait.mjs';
let total = 0;
async function add(n) { total += await after(n); }
await Promise.all([add(1), add(2)]);
if (total !== 2) throw new Error(`${total}`); // an update is lost, so this is what it teaches
