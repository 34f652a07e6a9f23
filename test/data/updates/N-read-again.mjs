import { after } from './wait.mjs';
const account = { balance: 100 };
let total = 0;
async function withdraw(n) {
  if (account.balance < n) return;
  await after();
  account.balance = account.balance - n; // read again
  const value = await after(n);
  total += value; // read behind the await
}
await Promise.all([withdraw(10), withdraw(20)]);
