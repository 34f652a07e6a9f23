import { after } from './wait.mjs';
const server = { closed: false, waiting: new Set(['a']) };
async function close() {
  if (server.closed) return;
  await after();
  server.closed = true; // whoever was first, it is closed
  if (server.waiting.has('a')) { await after(); server.waiting.delete('a'); }
}
await Promise.all([close(), close()]);
