import { after } from './wait.mjs';
class Account {
  balance = 100;
  async withdraw(n) {
    const { balance } = this;
    if (balance < n) throw new Error('not enough');
    await after();
    this.balance = balance - n;
  }
}
const account = new Account();
await Promise.all([account.withdraw(10), account.withdraw(20)]);
