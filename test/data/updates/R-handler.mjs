import { after } from './wait.mjs';
let state = { clicks: 0 };
const onClick = () => { state = { ...state, clicks: state.clicks + 1 }; };
async function save() {
  const before = state;
  await after();
  state = { ...before, saved: true };
}
const saved = save();
onClick();
await saved;
