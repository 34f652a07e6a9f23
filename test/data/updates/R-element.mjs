import { after } from './wait.mjs';
const counts = [0, 0];
const add = async (i) => { counts[i] += await after(1); };
await Promise.all([add(0), add(1), add(1)]);
