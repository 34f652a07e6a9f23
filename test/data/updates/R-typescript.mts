import { after } from './wait.mjs';
interface Account { balance: number }
const account: Account = { balance: 100 };
async function withdraw(n: number): Promise<void> {
  const balance: number = account.balance;
  await after(n);
  account.balance = balance - n;
}
await Promise.all([withdraw(10), withdraw(20)]);
