import { after } from './wait.mjs';
const account = { balance: 100 };
async function withdraw(n) {
  const balance = account.balance;
  await after();
  account.balance = balance - n;
}
await Promise.all([withdraw(10), withdraw(20)]);
