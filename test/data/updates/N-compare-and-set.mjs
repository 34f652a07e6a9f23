import { after } from './wait.mjs';
const account = { balance: 100 };
async function withdraw(n) {
  for (;;) {
    const balance = account.balance;
    await after();
    if (account.balance !== balance) continue; // somebody was here
    account.balance = balance - n;
    return;
  }
}
await Promise.all([withdraw(10), withdraw(20), withdraw(30)]);
if (account.balance !== 40) throw new Error(`${account.balance}`);
