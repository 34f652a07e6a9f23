import { after } from './wait.mjs';
let last = Promise.resolve();
const locked = (use) => (last = last.then(use));
const account = { balance: 100 };
let total = 0;
const withdraw = (n) => locked(async () => {
  const balance = account.balance;
  await after();
  account.balance = balance - n;
  total += await after(n);
});
await Promise.all([withdraw(10), withdraw(20), withdraw(30)]);
if (account.balance !== 40 || total !== 60) throw new Error(`${account.balance} ${total}`);
