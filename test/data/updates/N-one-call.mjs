import { after } from './wait.mjs';
let total = 0;
const state = { step: 0, log: [] };
async function advance(helper) {
  const before = state.step;
  await helper();
  state.step = before + 2; // its own helper has written meanwhile
}
for (const n of [1, 2, 3]) total += await after(n);
await advance(async () => { await after(); state.step = 1; });
for (let i = 0; i < 3; i++) await advance(async () => { state.step++; });
